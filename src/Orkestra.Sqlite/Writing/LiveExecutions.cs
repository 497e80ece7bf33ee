using System.Collections.Concurrent;
using Orkestra.Engine;

namespace Orkestra.Sqlite.Writing;

/// <summary>
/// The executions whose commits are newer than their rows, and others that were written lately. One that is not here is as its row says. The thread that writes changes
/// it; any thread reads it.
/// </summary>
internal sealed class LiveExecutions
{
    /// <summary>How many executions are kept whose rows say the same.</summary>
    const int Kept = 32_768;

    readonly ConcurrentDictionary<string, LiveExecution> byArn = new(StringComparer.Ordinal);

    internal ICollection<LiveExecution> All => byArn.Values;

    internal LiveExecution? Find(string arn) => byArn.GetValueOrDefault(arn);

    internal void Add(LiveExecution execution) => byArn[execution.Arn] = execution;

    internal void Remove(LiveExecution execution) => byArn.TryRemove(execution.Arn, out _);

    /// <summary>An execution was committed. One that only waits, or has ended, is left to its row.</summary>
    internal void Committed(LiveExecution execution)
    {
        execution.Commit();
        if (execution.Pending is { IsInRow: true } known && (known.IsIdle || known.Status != ExecutionStatus.Running)) Remove(execution);
    }

    /// <summary>All rows say what is known here.</summary>
    internal void Settled()
    {
        if (byArn.Count <= Kept) return;
        foreach (var execution in byArn.Values)
        {
            if (execution.Pending.IsInRow) Remove(execution);
        }
    }
}
