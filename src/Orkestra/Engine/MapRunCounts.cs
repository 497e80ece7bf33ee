using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

/// <summary>How many items, or child executions, of a Map Run stand how.</summary>
public sealed record MapRunCounts
{
    /// <summary>Not begun.</summary>
    public int Pending { get; init; }

    /// <summary>Under way.</summary>
    public int Running { get; init; }

    /// <summary>Ended with an output.</summary>
    public int Succeeded { get; init; }

    /// <summary>Ended with an error.</summary>
    public int Failed { get; init; }

    /// <summary>Ended because their time was over.</summary>
    public int TimedOut { get; init; }

    /// <summary>Stopped.</summary>
    public int Aborted { get; init; }

    /// <summary>All.</summary>
    public int Total { get; init; }

    /// <summary>Whose results were written.</summary>
    public int ResultsWritten { get; init; }

    /// <summary>As DescribeMapRun gives them.</summary>
    public JsonObject ToJson() => JsonObject.Create(
        ("pending", Pending), ("running", Running), ("succeeded", Succeeded), ("failed", Failed), ("timedOut", TimedOut), ("aborted", Aborted), ("total", Total),
        ("resultsWritten", ResultsWritten), ("failuresNotRedrivable", 0), ("pendingRedrive", 0));
}
