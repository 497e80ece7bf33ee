namespace Orkestra.Engine.Signals;

/// <summary>How a child execution of a distributed Map ended, beside its output and its error. Immutable.</summary>
public sealed record ChildEnding
{
    /// <summary>The status it ended with.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>When it started, UTC.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public required DateTimeOffset StopTime { get; init; }

    internal string? Error { get; init; }

    internal string? Cause { get; init; }

    /// <summary>How often the Map Run had been redriven when the child ended.</summary>
    internal int Redrives { get; init; }
}
