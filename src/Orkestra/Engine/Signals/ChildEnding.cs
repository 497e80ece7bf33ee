namespace Orkestra.Engine.Signals;

/// <summary>How a child execution of a distributed Map ended: what a result file says beside its input and output.</summary>
internal sealed record ChildEnding
{
    public required ExecutionStatus Status { get; init; }

    /// <summary>When it started and when it ended; UTC ticks.</summary>
    public required long Started { get; init; }

    public required long Stopped { get; init; }

    public string? Error { get; init; }

    public string? Cause { get; init; }

    /// <summary>How often the Map Run had been redriven when the child ended.</summary>
    public int Redrives { get; init; }
}
