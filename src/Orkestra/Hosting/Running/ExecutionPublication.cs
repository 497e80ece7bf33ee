using Orkestra.Engine;
using Orkestra.Hosting.Logging;

namespace Orkestra.Hosting.Running;

/// <summary>
/// What is seen of one execution from outside: snapshots, events for its subscriber, log records. The pump publishes after each commit; any thread may read, and no reader
/// waits for the pump.
/// </summary>
/// <param name="execution">The execution.</param>
/// <param name="pump">The pump, on which it locks, with the subscriber and the log in its options.</param>
/// <param name="end">The end of an execution that ended before anybody looked at it; null otherwise.</param>
internal sealed class ExecutionPublication(Execution execution, ExecutionPump pump, ExecutionSnapshot? end)
{
    ExecutionSnapshot? snapshot = end;
    TaskCompletionSource? changed;
    TaskCompletionSource? resting;
    TaskCompletionSource? started;
    int handedOut;
    int watchers;
    bool isOver;
    bool hasStarted;

    /// <summary>The ARN of the execution, once it has started.</summary>
    internal string Arn => execution.Arn;

    /// <summary>The execution as it was last published; null before its start was.</summary>
    internal ExecutionSnapshot? Snapshot => Volatile.Read(ref snapshot);

    /// <summary>Whether the history is followed from outside.</summary>
    internal bool IsWatched => Volatile.Read(ref watchers) > 0;

    /// <summary>Whether its start is stored, or it goes on from what is stored and its tokens are known. Until then it may turn out that its name is used.</summary>
    internal bool HasStarted => Volatile.Read(ref hasStarted);

    /// <summary>Whether nothing will be published any more.</summary>
    internal bool IsOver => Volatile.Read(ref isOver);

    /// <summary>Whether the end was applied. It is stored before it is seen.</summary>
    internal bool IsEnding => execution.HasEnded;

    /// <summary>Ends when <see cref="HasStarted"/> holds, or the start could not be stored.</summary>
    internal Task WhenStarted()
    {
        lock (pump)
        {
            if (hasStarted || isOver) return Task.CompletedTask;
            started ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return started.Task;
        }
    }

    /// <summary><see cref="HasStarted"/> holds from now on.</summary>
    internal void Started()
    {
        lock (pump)
        {
            Volatile.Write(ref hasStarted, true);
            started?.TrySetResult();
        }
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
        Announce(published);
    }

    /// <summary>The execution has ended, and leaves the memory. The caller holds the pump's lock.</summary>
    internal void ShowEnd(ExecutionResult end)
    {
        Set(end);
        Announce(end);
        pump.Runtime.Executions.Ended(pump);
        Rest();
    }

    /// <summary>The execution is suspended: nothing follows here.</summary>
    internal void End()
    {
        lock (pump)
        {
            isOver = true;
            started?.TrySetResult();
            changed?.TrySetResult();
            changed = null;
        }

        Rest();
    }

    /// <summary>The execution was made again from what is stored. The events so far were seen before.</summary>
    internal void Restored()
    {
        handedOut = execution.History.Count;
        Publish();
    }

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

    void Set(ExecutionSnapshot published)
    {
        Volatile.Write(ref snapshot, published);
        changed?.TrySetResult();
        changed = null;
    }

    void Announce(ExecutionSnapshot published)
    {
        if (pump.Runtime.Changes is { IsHeard: true } feed) feed.Publish(published.Start);
    }
}
