using Orkestra.Engine;
using Orkestra.Hosting.Logging;

namespace Orkestra.Hosting.Running;

/// <summary>
/// What is seen of one execution from outside: snapshots, events for its subscriber, log records. The pump publishes after each commit; any thread may read, and no reader
/// waits for the pump.
/// </summary>
/// <param name="execution">The execution.</param>
/// <param name="pump">The pump, on which it locks, with the subscriber and the log in its options.</param>
internal sealed class ExecutionPublication(Execution execution, ExecutionPump pump)
{
    ExecutionSnapshot? snapshot;
    TaskCompletionSource? changed;
    TaskCompletionSource? resting;
    int handedOut;
    int watchers;
    bool isOver;

    /// <summary>The execution as it was last published; null before its start was.</summary>
    internal ExecutionSnapshot? Snapshot => Volatile.Read(ref snapshot);

    /// <summary>Whether the history is followed from outside.</summary>
    internal bool IsWatched => Volatile.Read(ref watchers) > 0;

    /// <summary>Whether nothing will be published any more.</summary>
    internal bool IsOver => Volatile.Read(ref isOver);

    /// <summary>Whether the end was applied. It is stored before it is seen.</summary>
    internal bool IsEnding => execution.HasEnded;

    /// <summary>Ends when the start of the execution is stored, or could not be.</summary>
    internal async Task WhenStarted()
    {
        while (Snapshot is null && !IsOver) await WhenChanged(null).ConfigureAwait(false);
    }

    /// <summary>Ends when the pump next rests, so that <see cref="ExecutionPump.IsAtRest"/> may have changed; at once when the execution is suspended.</summary>
    internal Task WhenAtRest()
    {
        lock (pump)
        {
            if (isOver) return Task.CompletedTask;
            resting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return resting.Task;
        }
    }

    /// <summary>The history is followed from now on.</summary>
    internal void BeginWatch() => Interlocked.Increment(ref watchers);

    /// <summary>The history is no longer followed.</summary>
    internal void EndWatch() => Interlocked.Decrement(ref watchers);

    /// <summary>The pump rests.</summary>
    internal void Rest()
    {
        if (Volatile.Read(ref resting) is null) return;
        lock (pump)
        {
            resting?.TrySetResult();
            resting = null;
        }
    }

    /// <summary>Ends when a snapshot that follows a given one is published, or when none will follow.</summary>
    internal Task WhenChanged(ExecutionSnapshot? seen)
    {
        lock (pump)
        {
            if (isOver || !ReferenceEquals(seen, snapshot)) return Task.CompletedTask;
            changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return changed.Task;
        }
    }

    /// <summary>Publishes the execution as it is, unless it is as it was.</summary>
    internal void Publish()
    {
        if (snapshot is { } known && known.IsOf(execution)) return;
        var published = ExecutionSnapshot.Of(execution);
        lock (pump) Set(published);
    }

    /// <summary>Publishes the execution as it is now. The caller holds the pump's lock.</summary>
    internal void Set(ExecutionSnapshot published)
    {
        Volatile.Write(ref snapshot, published);
        changed?.TrySetResult();
        changed = null;
        if (pump.Runtime.Changes is { IsHeard: true } feed) feed.Publish(published.Start);
    }

    /// <summary>The execution is suspended: nothing follows here.</summary>
    internal void End()
    {
        lock (pump)
        {
            isOver = true;
            changed?.TrySetResult();
            changed = null;
        }
    }

    /// <summary>The events so far were seen before a restart.</summary>
    internal void SkipEvents() => handedOut = execution.History.Count;

    /// <summary>Hands new events to the subscriber and to the log.</summary>
    internal void HandOutEvents()
    {
        var options = pump.Options;
        if (!options.IsWatched || handedOut == execution.History.Count) return;
        var history = new ExecutionHistory(execution.History.View());
        while (handedOut < history.Count)
        {
            var historyEvent = history[handedOut++];
            try
            {
                options.OnEvent?.Invoke(historyEvent);
                if (options.Logging is { } logging && LogRecord.LevelOf(historyEvent.Type) <= logging.Level)
                    logging.Write(LogRecord.Of(historyEvent, logging.IncludesExecutionData, execution.Arn, execution.RedriveCount));
            }
#pragma warning disable CA1031 // A subscriber that throws does not fail the execution.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }
}
