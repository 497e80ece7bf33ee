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

    internal sealed class Tally
    {
        readonly int[] byStatus = new int[Enum.GetValues<ExecutionStatus>().Length];
        int pending;
        int total;

        internal void Add(ExecutionStatus? status, int count)
        {
            total += count;
            if (status is { } known) byStatus[(int)known] += count;
            else pending += count;
        }

        internal MapRunCounts Count(bool isWritten) => new()
        {
            Pending = pending,
            Running = byStatus[(int)ExecutionStatus.Running],
            Succeeded = byStatus[(int)ExecutionStatus.Succeeded],
            Failed = byStatus[(int)ExecutionStatus.Failed],
            TimedOut = byStatus[(int)ExecutionStatus.TimedOut],
            Aborted = byStatus[(int)ExecutionStatus.Aborted],
            Total = total,
            ResultsWritten = isWritten ? total : 0,
        };
    }
}
