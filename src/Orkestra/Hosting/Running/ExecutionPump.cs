using Orkestra.Engine;
using Orkestra.Engine.Commands;
using Orkestra.Engine.Signals;
using Orkestra.Hosting.Logging;
using Orkestra.Hosting.Storage;

namespace Orkestra.Hosting.Running;

/// <summary>
/// Drives one execution: takes the signals that arrived, applies them, has them stored, publishes what is stored, and then carries out what the execution wants done.
/// One thread at a time pumps: the one that brings a signal while no other does, or a thread of the pool. <see cref="Post"/> and the readers may be called by any thread,
/// and never wait for a step.
/// </summary>
internal sealed class ExecutionPump : IThreadPoolWorkItem
{
    /// <summary>How many commands are carried out between two looks at the time.</summary>
    const int CommandsPerLook = 64;

    /// <summary>How many pumps may run inside each other on one thread, each for the one that called it. Deeper ones get a thread of the pool.</summary>
    const int MaxNesting = 8;

    [ThreadStatic]
    static int nesting;

    [ThreadStatic]
    static long turnEnds;

    readonly Execution execution;
    readonly ExecutionJournal? journal;
    readonly CommandExecutor executor;
    readonly RunTimer timer;
    readonly Lock gate = new();

    List<Arrival>? arriving;
    List<Arrival>? arrived;
    List<TaskCompletionSource<bool>>? acknowledgements;
    TaskCompletionSource<ExecutionResult>? completion;
    CancellationTokenRegistration stopRegistration;
    ExecutionSnapshot? snapshot;
    TaskCompletionSource? changed;
    TaskCompletionSource? resting;
    ExecutionSignal? first;
    Exception? suspensionRequest;
    Exception? suspension;
    int watched;
    bool handsOver;
    State state;

    internal ExecutionPump(OrkestraRuntime runtime, ExecutionPlan plan, ITaskInvoker invoker, ExecutionOptions options, bool isChild = false)
    {
        Runtime = runtime;
        Invoker = invoker;
        Options = options;
        IsChild = isChild;
        execution = new Execution(plan);
        if (runtime.Options.Store is { } store) journal = new ExecutionJournal(store, execution, runtime.Options);
        Tasks = new PendingTasks(runtime.Tokens, this);
        executor = new CommandExecutor(this);
        timer = new RunTimer(runtime.Clock, static pump => ((ExecutionPump)pump!).OnTimer(), this);
    }

    internal OrkestraRuntime Runtime { get; }

    internal ITaskInvoker Invoker { get; }

    internal ExecutionOptions Options { get; }

    internal PendingTasks Tasks { get; }

    /// <summary>The execution as it was last published; null before its start was.</summary>
    internal ExecutionSnapshot? Snapshot => Volatile.Read(ref snapshot);

    /// <summary>Whether it goes on from stored signals, so that children of it may be stored too.</summary>
    internal bool IsResumed { get; private set; }

    /// <summary>Whether it is a child execution of a distributed Map.</summary>
    internal bool IsChild { get; }

    /// <summary>Whether snapshots are published while it runs, and not only when it ends.</summary>
    internal bool IsObservable { get; init; }

    /// <summary>How many executions wait for this one, each for the next.</summary>
    internal int Depth { get; init; }

    /// <summary>
    /// Whether the end was handed over to another execution that waits for it: a clock that skips then stands still until that one calls <see cref="RunClock.EndWork"/>.
    /// </summary>
    internal bool WasHandedOver { get; private set; }

    /// <summary>What the execution began with. Known once it is started.</summary>
    internal ExecutionStart Start { get; private set; } = null!;

    RunClock Clock => Runtime.Clock;

    /// <summary>Whether it has ended, is suspended, or only waits.</summary>
    internal bool IsAtRest
    {
        get
        {
            lock (gate) return state is State.Ended or State.Suspended || (state == State.Resting && Tasks.InFlight == 0 && executor.Children is null or { Count: 0 });
        }
    }

    bool IsSuspended
    {
        get
        {
            lock (gate) return state == State.Suspended;
        }
    }

    bool HasArrivals => Volatile.Read(ref arriving) is { Count: > 0 };

    /// <summary>Says, before the start, that another execution waits for the end.</summary>
    internal void HandOver()
    {
        handsOver = Clock.Skips;
        WasHandedOver = false;
    }

    /// <summary>Starts the execution on this thread, and goes on until it waits for something.</summary>
    internal ValueTask<ExecutionResult> RunAsync(ExecutionStart start, CancellationToken cancellationToken)
    {
        Prepare(start);
        if (cancellationToken.CanBeCanceled)
            stopRegistration = cancellationToken.UnsafeRegister(static pump => ((ExecutionPump)pump!).Post(((ExecutionPump)pump).StopSignal(null, "The execution was cancelled.")), this);
        Pump();
        return Completion();
    }

    /// <summary>Starts the execution on a thread of the pool.</summary>
    /// <returns>Ends when the start is stored.</returns>
    internal Task StartAsync(ExecutionStart start)
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        acknowledgements = [started];
        Prepare(start);
        Queue();
        return started.Task;
    }

    /// <summary>Makes the execution again from its stored signals. <see cref="Queue"/> or <see cref="Execute"/> then lets it go on.</summary>
    /// <exception cref="ExecutionReplayException">The signals do not belong to the definition.</exception>
    internal void Resume(IReadOnlyList<ExecutionSignal> signals)
    {
        Replay.Apply(execution, signals, journal?.Store is { KeepsHistory: true });
        IsResumed = true;
        Start = execution.Start;
        journal?.Restore(signals.Count);
        watched = execution.History.Count;
        Publish();
        foreach (var (task, token) in execution.Tasks.OpenTokens()) Tasks.Register(task, token);
        BeginPump();
        // Stored before anything is done: of two runtimes that resume the same execution only one goes on.
        if (journal is not null && !execution.HasEnded) first = new ExecutionSignal(ExecutionSignalKind.Resumed, Math.Max(Clock.UtcTicks, execution.Now));
    }

    /// <summary>Begins the execution again where it failed.</summary>
    /// <param name="mapRunRedrive">For a child execution, which redrive of its Map Run this is; 0 otherwise.</param>
    /// <returns>Ends when the redrive is stored.</returns>
    /// <exception cref="InvalidOperationException">The execution cannot be redriven.</exception>
    internal Task RedriveAsync(int mapRunRedrive = 0)
    {
        var stored = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            var refusal = Snapshot?.RedriveRefusal ?? (state == State.Ended ? null : "it has not ended");
            if (refusal is not null) throw new InvalidOperationException($"The execution '{Start.ResolveName()}' cannot be redriven: {refusal}.");
            completion = null;
            first = new ExecutionSignal(ExecutionSignalKind.Redriven, Clock.UtcTicks, index: mapRunRedrive);
            (acknowledgements ??= []).Add(stored);
            BeginPump();
        }

        Queue();
        return stored.Task;
    }

    /// <summary>The end. Faulted when the execution is suspended.</summary>
    internal ValueTask<ExecutionResult> Completion()
    {
        lock (gate)
        {
            if (state == State.Ended && completion is null) return new ValueTask<ExecutionResult>((ExecutionResult)snapshot!);
            if (completion is null)
            {
                // The end of a child is brought to its Map at once: on another thread, a clock that skips could skip meanwhile.
                completion = new TaskCompletionSource<ExecutionResult>(IsChild ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
                if (suspension is not null) completion.SetException(suspension);
            }

            return new ValueTask<ExecutionResult>(completion.Task);
        }
    }

    /// <summary>Brings a signal, and pumps when no other thread does.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="acknowledgement">Told whether the signal changed anything, once that is stored.</param>
    /// <param name="answers">How many invocations in flight it answers.</param>
    /// <returns>False when the execution has ended or is suspended.</returns>
    internal bool Post(in ExecutionSignal signal, TaskCompletionSource<bool>? acknowledgement = null, int answers = 0)
    {
        lock (gate)
        {
            if (state is State.Ended or State.Suspended)
            {
                if (suspension is not null) acknowledgement?.TrySetException(suspension);
                else acknowledgement?.TrySetResult(false);
                return false;
            }

            (arriving ??= []).Add(new Arrival(signal, acknowledgement));
            if (answers > 0) Tasks.Answered(answers);
            if (state != State.Resting) return true;
            BeginPump();
        }

        if (nesting >= MaxNesting) Queue();
        else Pump();
        return true;
    }

    /// <summary>Brings a signal.</summary>
    /// <returns>Whether it changed anything; known once it is stored.</returns>
    /// <exception cref="ExecutionStoreException">It could not be stored.</exception>
    internal Task<bool> PostAsync(in ExecutionSignal signal)
    {
        var acknowledgement = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(signal, acknowledgement);
        return acknowledgement.Task;
    }

    internal ExecutionSignal StopSignal(string? error, string? cause) => new(ExecutionSignalKind.Stopped, Clock.UtcTicks, error: error, cause: cause);

    /// <summary>Goes on on this thread.</summary>
    public void Execute() => Pump();

    /// <summary>Applies a signal that follows from a command, on the thread that pumps.</summary>
    internal void Apply(in ExecutionSignal signal)
    {
        // What arrived while the command was carried out comes first.
        if (HasArrivals) TakeArrivals();
        ApplyOrIgnore(signal);
    }

    /// <summary>The execution cannot go on here: its store failed, or the runtime stops. It stays as it was stored.</summary>
    internal void Suspend(Exception problem)
    {
        bool isPumping;
        lock (gate)
        {
            if (state is State.Suspended or State.Ended || suspensionRequest is not null) return;
            suspensionRequest = problem;
            isPumping = state == State.Pumping;
            if (!isPumping) BeginPump();
        }

        // A pump that works sees the request by itself, once the synchronous step it may be in ends.
        if (isPumping) Tasks.CancelAll();
        else Pump();
    }

    /// <summary>Ends when the execution may be at rest: look again with <see cref="IsAtRest"/>.</summary>
    internal Task WhenAtRest()
    {
        lock (gate)
        {
            // It may have come to rest since the caller looked.
            if (IsAtRest) return Task.CompletedTask;
            resting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return resting.Task;
        }
    }

    /// <summary>Ends when the start of the execution is stored, or could not be.</summary>
    internal async Task WhenStarted()
    {
        while (Snapshot is null && !IsSuspended) await WhenChanged(null).ConfigureAwait(false);
    }

    /// <summary>Ends when a snapshot that follows a given one is published.</summary>
    internal Task WhenChanged(ExecutionSnapshot? seen)
    {
        lock (gate)
        {
            if (!ReferenceEquals(seen, snapshot) || state is State.Suspended) return Task.CompletedTask;
            changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return changed.Task;
        }
    }

    void Prepare(ExecutionStart start)
    {
        Start = start;
        lock (gate)
        {
            first = new ExecutionSignal(ExecutionSignalKind.Started, Clock.UtcTicks, value: start.Input, details: start);
            BeginPump();
        }
    }

    void BeginPump()
    {
        state = State.Pumping;
        Clock.BeginPump();
    }

    /// <summary>Goes on on a thread of the pool.</summary>
    internal void Queue() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    void Pump()
    {
        var isOutermost = nesting++ == 0;
        if (isOutermost) turnEnds = Environment.TickCount64 + (long)Runtime.Options.Turn.TotalMilliseconds;
        Outcome outcome;
        try
        {
            outcome = suspensionRequest is null ? PumpUntilRest() : Outcome.Suspended;
        }
#pragma warning disable CA1031 // The last resort: whatever the engine did not expect ends this execution alone.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            outcome = Fault(problem);
        }

        switch (outcome)
        {
            case Outcome.Resting:
                Clock.EndPump();
                break;
            case Outcome.Ended:
                Finish();
                break;
            case Outcome.Suspended:
                Leave(suspensionRequest!);
                break;
            default:
                break;
        }

        nesting--;
    }

    // Runs until the execution waits for something from outside, has ended, or has used up its turn.
    Outcome PumpUntilRest()
    {
        if (first is { } signal)
        {
            first = null;
            ApplyOrIgnore(signal);
        }
        else
        {
            PassTime();
        }

        var carriedOut = 0;
        while (true)
        {
            if (suspensionRequest is not null) return Outcome.Suspended;
            if (HasArrivals) TakeArrivals();
            if (journal is { NeedsCommit: true })
            {
                var committing = journal.CommitAsync(IsIdle, Tasks.TakeChangedTokens(execution.IsAwaiting));
                if (!committing.IsCompletedSuccessfully)
                {
                    _ = GoOnAfterAsync(committing);
                    return Outcome.GoesOn;
                }
            }

            Committed();
            // With a store, commands that follow from signals not yet stored wait for the next round.
            var allowed = journal is null ? int.MaxValue : execution.CommandCount;
            while (allowed-- > 0 && execution.CommandCount > 0 && execution.Commands.TryTake(out var command))
            {
                executor.Execute(command);
                if (HasArrivals) TakeArrivals();
                // Without a store, what a step caused may be seen before the next one runs.
                if (journal is null) Committed();
                // Tasks and children that are answered at once could go on for ever.
                if ((++carriedOut % CommandsPerLook == 0 || command is StartChild) && IsTurnOver()) return Outcome.GoesOn;
            }

            if (execution.CommandCount > 0 || HasArrivals || journal is { NeedsCommit: true }) continue;
            if (execution.NeedsContinuation)
            {
                if (IsTurnOver()) return Outcome.GoesOn;
                if (!PassTime()) ApplyOrIgnore(new ExecutionSignal(ExecutionSignalKind.Continued, Clock.UtcTicks));
                continue;
            }

            Committed();
            if (execution.HasEnded) return Outcome.Ended;
            if (!PassTime() && Rest()) return Outcome.Resting;
        }
    }

    async Task GoOnAfterAsync(ValueTask committing)
    {
        try
        {
            await committing.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a store throws is a failure of the store.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            suspensionRequest ??= problem;
        }

        Pump();
    }

    bool IsIdle => !execution.HasEnded && !execution.NeedsContinuation && execution.CommandCount == 0 && Tasks.InFlight == 0 && executor.Children is null or { Count: 0 };

    // Other executions get their turn, and those that called this one get their thread back.
    bool IsTurnOver()
    {
        if (Environment.TickCount64 < turnEnds) return false;
        Queue();
        return true;
    }

    void TakeArrivals()
    {
        lock (gate)
        {
            if (arriving is not { Count: > 0 }) return;
            (arrived, arriving) = (arriving, arrived);
        }

        foreach (var arrival in arrived)
        {
            var changes = ApplyOrIgnore(arrival.Signal);
            if (arrival.Acknowledgement is not { } acknowledgement) continue;
            if (changes && arrival.Signal.Kind != ExecutionSignalKind.TaskHeartbeat) (acknowledgements ??= []).Add(acknowledgement);
            else acknowledgement.TrySetResult(changes);
        }

        arrived.Clear();
    }

    bool ApplyOrIgnore(in ExecutionSignal signal)
    {
        if (execution.Ignores(signal)) return false;
        if (journal is null)
        {
            execution.Apply(signal);
        }
        else
        {
            // The first signal of an execution says which definition it belongs to, and later ones which state they are for.
            var stored = execution.HasStarted ? signal.For(execution.StateAwaiting(signal)) : signal;
            journal.Add(stored);
            execution.Apply(stored);
        }

        return true;
    }

    bool PassTime()
    {
        var now = Clock.UtcTicks;
        return execution.NextDue <= now && ApplyOrIgnore(new ExecutionSignal(ExecutionSignalKind.TimePassed, now));
    }

    // What is stored may be seen.
    void Committed()
    {
        if (Options.IsWatched) Watch();
        if (acknowledgements is not null || IsObservable) Publish();
        journal?.DropStoredHistory();
        if (acknowledgements is null) return;
        var stored = acknowledgements;
        acknowledgements = null;
        foreach (var acknowledgement in stored) acknowledgement.TrySetResult(true);
    }

    void Publish()
    {
        if (snapshot is { } known && known.IsOf(execution)) return;
        var published = ExecutionSnapshot.Of(execution);
        lock (gate) Show(published);
    }

    void Show(ExecutionSnapshot published)
    {
        Volatile.Write(ref snapshot, published);
        changed?.TrySetResult();
        changed = null;
    }

    void SayResting()
    {
        resting?.TrySetResult();
        resting = null;
    }

    void Watch()
    {
        if (watched == execution.History.Count) return;
        var history = new ExecutionHistory(execution.History.View());
        while (watched < history.Count)
        {
            var historyEvent = history[watched++];
            try
            {
                Options.OnEvent?.Invoke(historyEvent);
                if (Options.Logging is { } logging && LogRecord.LevelOf(historyEvent.Type) <= logging.Level)
                    logging.Write(LogRecord.Of(historyEvent, logging.IncludesExecutionData, execution.Arn, execution.RedriveCount));
            }
#pragma warning disable CA1031 // A subscriber that throws does not fail the execution.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }

    // Nothing is left to do now. False when something arrived meanwhile.
    bool Rest()
    {
        var due = execution.NextDue;
        lock (gate)
        {
            if (arriving is { Count: > 0 } || suspensionRequest is not null) return false;
            state = State.Resting;
            timer.Set(due);
            SayResting();
            return true;
        }
    }

    void Finish()
    {
        TaskCompletionSource<ExecutionResult>? waiting;
        var result = new ExecutionResult(execution);
        List<Arrival>? late;
        lock (gate)
        {
            state = State.Ended;
            Show(result);
            SayResting();
            late = arriving;
            arriving = null;
            timer.Dispose();
            waiting = completion;
        }

        stopRegistration.Dispose();
        Tasks.Clear(cancels: false);
        foreach (var arrival in late ?? []) arrival.Acknowledgement?.TrySetResult(false);
        Runtime.Ended(this);
        if (handsOver && waiting is not null)
        {
            handsOver = false;
            WasHandedOver = true;
            Clock.BeginWork();
        }

        waiting?.TrySetResult(result);
        Clock.EndPump();
    }

    Outcome Fault(Exception problem)
    {
        try
        {
            ApplyOrIgnore(new ExecutionSignal(
                ExecutionSignalKind.Faulted, Clock.UtcTicks, error: ErrorNames.Runtime, cause: $"The engine could not go on with the execution: {problem.GetType().Name}: {problem.Message}"));
            return PumpUntilRest();
        }
#pragma warning disable CA1031 // Nothing more can be done for this execution.
        catch (Exception again)
#pragma warning restore CA1031
        {
            suspensionRequest ??= again;
            return Outcome.Suspended;
        }
    }

    void Leave(Exception problem)
    {
        TaskCompletionSource<ExecutionResult>? waiting;
        List<TaskCompletionSource<bool>> unanswered;
        lock (gate)
        {
            state = State.Suspended;
            suspension = problem;
            waiting = completion;
            unanswered = [.. acknowledgements ?? [], .. (arriving ?? []).Select(arrival => arrival.Acknowledgement).OfType<TaskCompletionSource<bool>>()];
            acknowledgements = null;
            arriving = null;
            changed?.TrySetResult();
            changed = null;
            SayResting();
            timer.Dispose();
        }

        stopRegistration.Dispose();
        Tasks.Clear(cancels: true);
        executor.Children?.Suspend(problem);
        Runtime.Forget(this);
        foreach (var acknowledgement in unanswered) acknowledgement.TrySetException(problem);
        waiting?.TrySetException(problem);
        Clock.EndPump();
    }

    void OnTimer()
    {
        lock (gate) timer.Clear();
        Post(new ExecutionSignal(ExecutionSignalKind.TimePassed, Clock.UtcTicks));
    }

    enum Outcome
    {
        /// <summary>Another thread goes on, now or after a commit.</summary>
        GoesOn,
        Resting,
        Ended,
        Suspended,
    }

    enum State
    {
        /// <summary>Not started. Signals that arrive wait for the start.</summary>
        Created,
        Pumping,
        Resting,
        Ended,
        Suspended,
    }

    readonly record struct Arrival(ExecutionSignal Signal, TaskCompletionSource<bool>? Acknowledgement);
}
