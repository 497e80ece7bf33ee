using Orkestra.Engine.Signals;

namespace Orkestra.Hosting.Running;

/// <summary>Signals that arrived and were not applied yet, and the callers that wait until what was applied is stored. Its owner's lock guards arrivals; the other members are the pump's.</summary>
internal struct SignalInbox
{
    List<Arrival>? arriving;
    List<Arrival>? taken;
    List<TaskCompletionSource<bool>>? awaitingCommit;

    /// <summary>Whether there may be something to take. May be read without the lock.</summary>
    internal bool HasArrivals => Volatile.Read(ref arriving) is { Count: > 0 };

    internal void Add(in ExecutionSignal signal, TaskCompletionSource<bool>? acknowledgement) => (arriving ??= []).Add(new Arrival(signal, acknowledgement));

    /// <summary>Applies what arrived, oldest first. Callers are told once it is stored, and at once of what changes nothing and of heartbeats.</summary>
    /// <param name="gate">The owner's lock. It is held only to take what arrived.</param>
    /// <param name="applied">What the signals are applied to.</param>
    internal void ApplyArrivals(object gate, in AppliedSignals applied)
    {
        List<Arrival> arrived;
        lock (gate)
        {
            if (arriving is not { Count: > 0 }) return;
            arrived = arriving;
            arriving = taken;
            taken = arrived;
        }

        foreach (var arrival in arrived)
        {
            var changes = applied.Apply(arrival.Signal);
            if (arrival.Acknowledgement is not { } acknowledgement) continue;
            if (changes && arrival.Signal.Kind != ExecutionSignalKind.TaskHeartbeat) AwaitCommit(acknowledgement);
            else acknowledgement.TrySetResult(changes);
        }

        arrived.Clear();
    }

    /// <summary>Whether callers wait for the next commit.</summary>
    internal readonly bool AwaitsCommit => awaitingCommit is not null;

    /// <summary>A signal was applied: its caller is told once it is stored.</summary>
    void AwaitCommit(TaskCompletionSource<bool> acknowledgement) => (awaitingCommit ??= []).Add(acknowledgement);

    /// <summary>Ends when what the execution begins with is stored.</summary>
    internal Task WhenCommitted()
    {
        var stored = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        AwaitCommit(stored);
        return stored.Task;
    }

    /// <summary>What was applied is stored.</summary>
    internal void Committed()
    {
        if (awaitingCommit is not { } stored) return;
        awaitingCommit = null;
        foreach (var acknowledgement in stored) acknowledgement.TrySetResult(true);
    }

    /// <summary>Takes the callers that have no answer yet; null if there are none.</summary>
    internal List<TaskCompletionSource<bool>>? TakeUnanswered()
    {
        if (awaitingCommit is null && arriving is not { Count: > 0 }) return null;
        List<TaskCompletionSource<bool>> unanswered = [.. awaitingCommit ?? [], .. (arriving ?? []).Select(arrival => arrival.Acknowledgement).OfType<TaskCompletionSource<bool>>()];
        awaitingCommit = null;
        arriving = null;
        return unanswered;
    }

    /// <summary>A signal, and who is told whether it changed anything once that is stored; null for no one.</summary>
    internal readonly record struct Arrival(ExecutionSignal Signal, TaskCompletionSource<bool>? Acknowledgement);
}
