using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Logging;

namespace Orkestra.Hosting;

/// <summary>
/// Drives one execution: applies what happened, has it stored, then carries out what the execution wants done. One thread at a time pumps; whoever brings
/// an event while nobody pumps becomes that thread.
/// </summary>
internal sealed partial class ExecutionRun
{
    /// <summary>How many commands are carried out before anything else is looked at.</summary>
    const int Stretch = 1000;

    readonly ExecutionRunner runner;
    readonly Execution execution;
    readonly ExecutionOptions options;
    readonly SkippingTimeProvider? skipping;
    readonly bool isChild;
    readonly Lock gate = new();

    List<ExecutionEvent>? arrived;
    List<ExecutionEvent>? arriving;
    ExecutionEvent[]? unsaved;
    int unsavedCount;
    List<ExecutionEvent>? held;
    Dictionary<TaskId, string>? tokens;
    Dictionary<TaskId, CancellationTokenSource>? cancellations;
    TaskCompletionSource<ExecutionResult>? completion;
    CancellationTokenRegistration stopRegistration;
    ITimer? timer;
    ExecutionHistory? history;
    long armedFor;
    int pumpingThread;
    int published;
    int saved;
    bool isPumping;
    bool isFinished;
    bool handsOver;
    bool isResumed;

    internal ExecutionRun(ExecutionRunner runner, ExecutionPlan plan, ExecutionOptions options, bool isChild = false)
    {
        this.isChild = isChild;
        this.runner = runner;
        this.options = options;
        execution = new Execution(plan);
        if (runner.Store is not null) unsaved = new ExecutionEvent[4];
        skipping = runner.Clock as SkippingTimeProvider;
    }

    internal Execution Execution => execution;

    /// <summary>The runner.</summary>
    internal ExecutionRunner Runner => runner;

    /// <summary>How many executions wait for this one, each for the next.</summary>
    internal int Depth { get; init; }

    /// <summary>The options it was started with.</summary>
    internal ExecutionOptions Options => options;

    /// <summary>
    /// Whether the end was handed over to another run that waits for it: a clock that skips then stands still until that run says
    /// <see cref="SkippingTimeProvider.LeaveAndSkip"/>.
    /// </summary>
    internal bool WasHandedOver { get; private set; }

    /// <summary>Says, before the start, that another run waits for the end.</summary>
    internal void HandOver() => handsOver = skipping is not null;

    internal ValueTask<ExecutionResult> RunAsync(ExecutionStart start, CancellationToken cancellationToken)
    {
        BeginPump();
        if (cancellationToken.CanBeCanceled)
            stopRegistration = cancellationToken.UnsafeRegister(static run => ((ExecutionRun)run!).Stop(null, "The execution was cancelled."), this);
        Apply(new ExecutionEvent(ExecutionEventKind.Started, runner.UtcTicks, value: start.Input, details: start));
        Pump();
        return Completion();
    }

    /// <summary>Begins it again where it failed.</summary>
    /// <param name="mapRunRedrive">For a child execution which redrive of its Map Run this is; 0 otherwise.</param>
    internal ValueTask<ExecutionResult> RedriveAsync(int mapRunRedrive = 0)
    {
        lock (gate)
        {
            if (!isFinished || execution.RedriveRefusal is not null)
                throw new InvalidOperationException($"The execution '{execution.Name}' cannot be redriven: {execution.RedriveRefusal ?? "it has not ended"}.");
            isFinished = false;
            completion = null;
            armedFor = 0;
            BeginPump();
        }

        Apply(new ExecutionEvent(ExecutionEventKind.Redriven, runner.UtcTicks, index: mapRunRedrive));
        Pump();
        return Completion();
    }

    /// <summary>The end.</summary>
    internal Task<ExecutionResult> WhenEnded() => Completion().AsTask();

    ValueTask<ExecutionResult> Completion()
    {
        lock (gate)
        {
            if (isFinished && completion is null) return new ValueTask<ExecutionResult>(new ExecutionResult(execution));
            // The end of a child is brought to its Map at once: were it handed to another thread, a clock that skips could skip meanwhile.
            completion ??= new TaskCompletionSource<ExecutionResult>(isChild ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask<ExecutionResult>(completion.Task);
        }
    }

    void Apply(in ExecutionEvent happened)
    {
        if (unsaved is not null)
        {
            if (unsavedCount == unsaved.Length) Array.Resize(ref unsaved, unsavedCount * 2);
            unsaved[unsavedCount++] = happened;
        }

        execution.Apply(happened);
        if (options.IsWatched) Publish();
    }

    void Publish()
    {
        history ??= new ExecutionHistory(execution.History);
        while (published < execution.History.Count)
        {
            var happened = history[published++];
            options.OnEvent?.Invoke(happened);
            if (options.Logging is { } logging && LogRecord.LevelOf(happened.Type) <= logging.Level)
                logging.Write(LogRecord.Of(happened, logging.IncludesExecutionData, execution.Arn, execution.RedriveCount));
        }
    }

    // Runs until the execution waits for something from outside, or has ended.
    void Pump()
    {
        var carried = 0;
        while (true)
        {
            if (unsavedCount > 0)
            {
                var append = Save();
                if (!append.IsCompletedSuccessfully)
                {
                    pumpingThread = 0;
                    _ = PumpWhenSaved(append);
                    return;
                }

                Saved();
            }

            // With a store, commands that follow from events not yet stored wait for the next turn.
            var allowed = unsaved is null ? Stretch : Math.Min(Stretch, execution.CommandCount);
            while (allowed-- > 0 && execution.TryTakeCommand(out var command))
            {
                Carry(command);
                carried++;
                // What was reported meanwhile comes before what follows from the next command, however many there are in a turn.
                if (Volatile.Read(ref arriving) is { Count: > 0 }) TakeArrived();
            }

            if (execution.HasCommands || unsavedCount > 0)
            {
                // Tasks that are answered at once could go on for ever: the time is looked at between them.
                if (carried >= Stretch)
                {
                    carried = 0;
                    TakeTime();
                }

                continue;
            }

            if (TakeArrived()) continue;
            if (execution.NeedsContinuation)
            {
                if (TakeTime()) continue;
                Apply(new ExecutionEvent(ExecutionEventKind.Continued, runner.UtcTicks));
                continue;
            }

            if (Rest()) return;
        }
    }

    async Task PumpWhenSaved(ValueTask append)
    {
        try
        {
            await append.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever the store threw is handed to whoever waits for the execution.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            Crash(problem);
            return;
        }

        Saved();
        pumpingThread = Environment.CurrentManagedThreadId;
        Pump();
    }

    ValueTask Save()
    {
        history ??= new ExecutionHistory(execution.History);
        var count = execution.History.Count;
        var slice = new HistorySlice(history, saved, count - saved);
        saved = count;
        return runner.Store!.AppendAsync(execution.Arn, unsaved.AsMemory(0, unsavedCount), slice, execution.Status);
    }

    void Saved()
    {
        Array.Clear(unsaved!, 0, unsavedCount);
        unsavedCount = 0;
        if (runner.Store!.KeepsHistory) execution.History.DropBefore(saved);
    }

    bool TakeArrived()
    {
        if (Volatile.Read(ref arriving) is not { Count: > 0 }) return false;
        lock (gate)
        {
            if (arriving is not { Count: > 0 }) return false;
            (arrived, arriving) = (arriving, arrived);
        }

        foreach (var happened in arrived)
        {
            if (!execution.Ignores(happened) && !Hold(happened)) Apply(happened);
        }

        arrived.Clear();
        ReleaseHeld();
        return true;
    }

    // Nothing is left to do now: waits for the next due time or event. False when something arrived meanwhile.
    bool Rest()
    {
        if (execution.HasEnded)
        {
            Finish();
            return true;
        }

        if (TakeTime()) return false;
        var due = execution.NextDue;
        lock (gate)
        {
            if (arriving is { Count: > 0 }) return false;
            isPumping = false;
            if (due is { } later) Arm(later);
            else Disarm();
        }

        skipping?.EndPump();
        return true;
    }

    bool TakeTime()
    {
        if (execution.NextDue is not { } due || due > runner.UtcTicks) return false;
        Apply(new ExecutionEvent(ExecutionEventKind.TimePassed, Math.Max(due, runner.UtcTicks)));
        return true;
    }

    void Finish()
    {
        TaskCompletionSource<ExecutionResult>? waiting;
        lock (gate)
        {
            isFinished = true;
            isPumping = false;
            timer?.Dispose();
            timer = null;
            waiting = completion;
        }

        stopRegistration.Dispose();
        if (tokens is not null)
        {
            foreach (var token in tokens.Values) runner.Forget(token);
        }

        if (handsOver && waiting is not null)
        {
            handsOver = false;
            WasHandedOver = true;
            skipping!.Enter();
        }

        waiting?.SetResult(new ExecutionResult(execution));
        skipping?.EndPump();
    }

    void Crash(Exception problem)
    {
        lock (gate)
        {
            isFinished = true;
            timer?.Dispose();
            timer = null;
            completion ??= new TaskCompletionSource<ExecutionResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        stopRegistration.Dispose();
        completion.TrySetException(problem);
        skipping?.EndPump();
    }

    void BeginPump()
    {
        isPumping = true;
        pumpingThread = Environment.CurrentManagedThreadId;
        skipping?.BeginPump();
    }

    /// <summary>Brings an event, and pumps when nobody does.</summary>
    bool Post(in ExecutionEvent happened)
    {
        lock (gate)
        {
            if (isFinished) return false;
            (arriving ??= []).Add(happened);
            if (isPumping) return true;
            BeginPump();
        }

        Pump();
        return true;
    }

    void Arm(long due)
    {
        if (armedFor == due) return;
        armedFor = due;
        // A timer that fires early is armed anew; none may be set longer than the clock allows.
        var delay = TimeSpan.FromTicks(Math.Clamp(due - runner.UtcTicks, 0, TimeSpan.TicksPerDay * 40));
        if (timer is null) timer = skipping?.CreateRunTimer(OnTimer, this, delay) ?? runner.Clock.CreateTimer(OnTimer, this, delay, Timeout.InfiniteTimeSpan);
        else timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    void Disarm()
    {
        if (armedFor == 0) return;
        armedFor = 0;
        timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    static void OnTimer(object? state)
    {
        var run = (ExecutionRun)state!;
        lock (run.gate) run.armedFor = 0;
        run.Post(new ExecutionEvent(ExecutionEventKind.TimePassed, run.runner.UtcTicks));
    }

    internal void Stop(string? error, string? cause) => Post(new ExecutionEvent(ExecutionEventKind.Stopped, runner.UtcTicks, error: error, cause: cause));

    internal IReadOnlyList<HistoryEvent> ReadHistory() => ReadAtRest<IReadOnlyList<HistoryEvent>>(static read => [.. new ExecutionHistory(read.History)]);

    internal IReadOnlyList<MapRunDescription> ReadMapRuns() => ReadAtRest(static read => read.DescribeMapRuns());

    internal IReadOnlyList<(ExecutionStart Start, ExecutionStatus Status, ChildEnding? Ending, int Items)>? ReadChildren(string mapRunArn) =>
        ReadAtRest(read => read.ChildrenOf(mapRunArn));

    internal void UpdateMapRun(string arn, JsonObject limits) => Post(new ExecutionEvent(ExecutionEventKind.MapRunUpdated, runner.UtcTicks, value: limits, cause: arn));

    T ReadAtRest<T>(Func<Execution, T> read)
    {
        // The pump is quick; whoever looks on waits for it to rest, or for a moment between two of its turns. Whoever it has called does not wait for itself.
        var spin = new SpinWait();
        while (true)
        {
            lock (gate)
            {
                if (!isPumping || Volatile.Read(ref pumpingThread) == Environment.CurrentManagedThreadId) return read(execution);
            }

            spin.SpinOnce();
        }
    }
}
