namespace Orkestra.Hosting.Running;

/// <summary>The end of one execution, for those who wait for it. Its owner's lock guards every member but <see cref="SetException"/>.</summary>
/// <param name="isChild">Whether a Map waits for the end.</param>
internal struct RunCompletion(bool isChild)
{
    TaskCompletionSource<ExecutionResult>? waiting;
    ExecutionResult? result;
    Exception? suspension;
    bool handsOver;

    /// <summary>
    /// Whether the end was handed over to another execution that waits for it: a clock that skips then stands still until that one calls <see cref="RunClock.EndPump"/> for a
    /// child, or <see cref="RunClock.EndWork"/>.
    /// </summary>
    internal bool WasHandedOver { get; private set; }

    /// <summary>Whether something waits for the end.</summary>
    internal readonly bool IsAwaited => waiting is not null || handsOver;

    /// <summary>Another execution waits for the end.</summary>
    /// <param name="clock">The clock, which may stand still until that execution has gone on.</param>
    /// <returns>Whether it does.</returns>
    internal bool HandOver(RunClock clock)
    {
        handsOver = clock.Skips;
        WasHandedOver = false;
        return handsOver;
    }

    /// <summary>The end, when it has come and nothing waited for it; null otherwise. May be read without the lock.</summary>
    internal ExecutionResult? Result => waiting is null ? Volatile.Read(ref result) : null;

    /// <summary>The end, when it has come; null otherwise.</summary>
    internal readonly ExecutionResult? Ended => result;

    internal ValueTask<ExecutionResult> WhenEnded()
    {
        if (Result is { } ended) return new ValueTask<ExecutionResult>(ended);
        return new ValueTask<ExecutionResult>(Await().Task);
    }

    /// <summary>The execution was redriven: another end follows.</summary>
    internal void Reset()
    {
        waiting = null;
        result = null;
        // It may end again before the one that waits for it asks for the end.
        if (handsOver) Await();
    }

    /// <summary>The execution ended.</summary>
    /// <returns>What those who wait are to be told with, without the lock; null when no one does. A redrive that follows at once has others who wait.</returns>
    internal TaskCompletionSource<ExecutionResult>? End(ExecutionResult ended, RunClock clock)
    {
        result = ended;
        if (handsOver && waiting is not null)
        {
            handsOver = false;
            WasHandedOver = true;
            // A Map goes on by itself; what waits in a task holds the clock as that task.
            if (isChild) clock.BeginPump();
            else clock.BeginWork();
        }

        return waiting;
    }

    /// <summary>The execution is suspended. <see cref="SetException"/> then tells those who wait.</summary>
    internal void Suspend(Exception reason) => suspension = reason;

    TaskCompletionSource<ExecutionResult> Await()
    {
        if (waiting is not null) return waiting;
        // The end of a child is brought to its Map at once: on another thread, a clock that skips could skip meanwhile.
        waiting = new TaskCompletionSource<ExecutionResult>(isChild ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        if (suspension is not null) waiting.SetException(suspension);
        return waiting;
    }

    /// <summary>Tells the caller of a signal that comes too late.</summary>
    internal readonly void Refuse(TaskCompletionSource<bool>? acknowledgement)
    {
        if (suspension is not null) acknowledgement?.TrySetException(suspension);
        else acknowledgement?.TrySetResult(false);
    }

    internal readonly void SetException() => waiting?.TrySetException(suspension!);
}
