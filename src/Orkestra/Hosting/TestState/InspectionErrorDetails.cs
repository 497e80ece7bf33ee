namespace Orkestra.Hosting.TestState;

/// <summary>What handled an error.</summary>
public sealed record InspectionErrorDetails
{
    /// <summary>The index of the catcher that caught the error; null when none did.</summary>
    public int? CatchIndex { get; init; }

    /// <summary>The index of the retrier that matches the error, even when its attempts are used up; null when none does.</summary>
    public int? RetryIndex { get; init; }

    /// <summary>How many seconds the next attempt waits; null when there is none.</summary>
    public long? RetryBackoffIntervalSeconds { get; init; }
}
