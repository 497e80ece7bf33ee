using System.Runtime.CompilerServices;
using Orkestra.Engine;
using Orkestra.Hosting.Storage;

namespace Orkestra.Hosting.Running;

/// <summary>Follows the history of an execution, in memory or in the store.</summary>
internal static class HistoryWatch
{
    /// <summary>The events after one, until the execution ends. Events appear once they are stored.</summary>
    internal static async IAsyncEnumerable<HistoryEvent> FollowAsync(
        OrkestraRuntime runtime, string executionArn, int afterEventId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = afterEventId + 1;
        ExecutionPump? followed = null;
        try
        {
            while (true)
            {
                var pump = runtime.Executions.Find(executionArn);
                if (pump is not null && pump != followed)
                {
                    // It stays in memory from now on.
                    followed?.Publication.EndWatch();
                    followed = pump;
                    pump.Publication.BeginWatch();
                }

                var snapshot = await runtime.FindAsync(executionArn, cancellationToken).ConfigureAwait(false) ?? throw OrkestraRuntime.NoExecution(executionArn);
                if (next <= snapshot.History.Count)
                {
                    var events = next > snapshot.History.FirstKept
                        ? new HistoryRange(next, int.MaxValue).Of(snapshot.History)
                        : await runtime.ReadHistoryAsync(executionArn, new HistoryRange(next, snapshot.History.Count - next + 1), cancellationToken).ConfigureAwait(false);
                    foreach (var historyEvent in events) yield return historyEvent;
                    next = snapshot.History.Count + 1;
                }

                if (snapshot.Status != ExecutionStatus.Running) yield break;
                // One that only waits may not be in memory.
                if (pump is not null) await pump.Publication.WhenChanged(snapshot).WaitAsync(cancellationToken).ConfigureAwait(false);
                else if (runtime.Options.Store is null || await runtime.Stored.ResumeAsync(executionArn, cancellationToken).ConfigureAwait(false) is null) yield break;
            }
        }
        finally
        {
            followed?.Publication.EndWatch();
        }
    }
}
