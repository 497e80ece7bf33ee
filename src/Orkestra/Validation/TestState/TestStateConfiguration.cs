namespace Orkestra.Validation.TestState;

/// <summary>Where a state that is tested stands (API reference, TestStateConfiguration); what is null was not given.</summary>
/// <param name="RetrierRetryCount">How often the matching retrier has tried before.</param>
/// <param name="ErrorCausedByState">The name of the inner state the mocked error comes from.</param>
/// <param name="MapIterationFailureCount">How many iterations of a Map have failed.</param>
/// <param name="MapItemReaderData">What the item reader of a Map reads, as JSON text.</param>
public sealed record TestStateConfiguration(int? RetrierRetryCount, string? ErrorCausedByState, int? MapIterationFailureCount, string? MapItemReaderData);
