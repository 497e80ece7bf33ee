namespace Orkestra.Engine.Runs;

/// <summary>How many items, or child executions, of a Map Run are in which status; kept up to date so that describing a Map Run does not depend on its size.</summary>
internal sealed class MapRunTally
{
    readonly int[] byStatus = new int[Enum.GetValues<ExecutionStatus>().Length];
    int pending;
    int total;

    internal void Begin(int count)
    {
        Array.Clear(byStatus);
        pending = total = count;
    }

    internal void Start(int count)
    {
        pending -= count;
        byStatus[(int)ExecutionStatus.Running] += count;
    }

    internal void End(ExecutionStatus status, int count)
    {
        byStatus[(int)ExecutionStatus.Running] -= count;
        byStatus[(int)status] += count;
    }

    /// <summary>Counts what ended before a redrive.</summary>
    internal void Restore(ExecutionStatus status, int count)
    {
        pending -= count;
        byStatus[(int)status] += count;
    }

    internal void AbortRunning()
    {
        byStatus[(int)ExecutionStatus.Aborted] += byStatus[(int)ExecutionStatus.Running];
        byStatus[(int)ExecutionStatus.Running] = 0;
    }

    internal MapRunCounts ToCounts(bool isWritten) => new()
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
