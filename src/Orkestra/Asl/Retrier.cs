namespace Orkestra.Asl;

/// <summary>When and how often a failed state is tried again (https://states-language.net/spec.html#retrying-after-error).</summary>
public sealed record Retrier : AslElement
{
    /// <summary>A text for people.</summary>
    public string? Comment { get; init; }

    /// <summary>The names of the errors this is for. The language requires at least one.</summary>
    public EquatableList<string> ErrorEquals { get; init; }

    /// <summary>Seconds before the first retry; 1 when absent.</summary>
    public int? IntervalSeconds { get; init; }

    /// <summary>How many retries; 3 when absent, 0 for none.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>What the interval is multiplied with on each retry, at least 1; 2 when absent.</summary>
    public double? BackoffRate { get; init; }

    /// <summary>The longest interval in seconds; unlimited when absent.</summary>
    public int? MaxDelaySeconds { get; init; }

    /// <summary><c>FULL</c> (a random part of the interval) or <c>NONE</c>; <c>NONE</c> when absent.</summary>
    public string? JitterStrategy { get; init; }
}
