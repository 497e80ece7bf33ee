namespace Orkestra.Hosting.TestState;

/// <summary>What went before, for a state whose work is mocked.</summary>
public sealed record StateTestConfiguration
{
    /// <summary>How often the retrier that handles the error was used already; 0 when null.</summary>
    public int? RetrierRetryCount { get; init; }

    /// <summary>Map and Parallel: the state inside of which the mocked error comes; null for none.</summary>
    public string? ErrorCausedByState { get; init; }

    /// <summary>Map: how many iterations failed; compared with what the Map tolerates. 0 when null.</summary>
    public int? MapIterationFailureCount { get; init; }

    /// <summary>Distributed Map: the dataset that the ItemReader reads, in its own format; null when there is no ItemReader.</summary>
    public string? MapItemReaderData { get; init; }
}
