using Orkestra.Engine;
using Orkestra.Engine.Signals;
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
    const int CommandsPerLook = 32;

    readonly Execution execution;
    readonly ExecutionJournal? journal;
    PumpState state = PumpState.Pumping;

    // Structures: most executions are short, and an object more for each of them is seen in their speed.
    SignalInbox inbox;
    RunCompletion completion;
    RunTimer timer;

    CommandExecutor? executor;
    PendingTasks? tasks;
    CancellationTokenRegistration stopRegistration;
    Beginning? beginning;
    Exception? suspensionRequest;
    ExecutionPublication? publication;
    long restedAt;

    // Whether no other thread can reach this pump, so that its end needs no lock.
    bool isAlone;

    internal ExecutionPump(OrkestraRuntime runtime, ExecutionPlan plan, ITaskInvoker invoker, ExecutionOptions options, bool isChild = false)
    {
        Runtime = runtime;
        Invoker = invoker;
        Options = options;
        IsChild = isChild;
        execution = new Execution(plan);
        completion = new RunCompletion(isChild);
        if (runtime.Options.Store is { } store) journal = new ExecutionJournal(store, execution, runtime.Options, runtime.StoreCalls);
    }

    internal OrkestraRuntime Runtime { get; }
    internal ITaskInvoker Invoker { get; }
    internal ExecutionOptions Options { get; }

    /// <summary>The tasks under way. A task may ask for its token on any thread.</summary>
    internal PendingTasks Tasks => tasks ?? LazyInitializer.EnsureInitialized(ref tasks, () => new PendingTasks(Runtime.Tokens, this));

    /// <summary>What other code can see of the execution. Created on first use, because nothing observes most executions that finish on the thread that starts them.</summary>
    internal ExecutionPublication Publication => Volatile.Read(ref publication) ?? MakePublication();

    /// <inheritdoc cref="ExecutionPublication.Snapshot"/>
    internal ExecutionSnapshot? Snapshot => Publication.Snapshot;

    /// <summary>Whether it goes on from stored signals, so that children of it may be stored too.</summary>
    internal bool IsResumed { get; private set; }

    /// <summary>Whether it is a child execution of a distributed Map.</summary>
    internal bool IsChild { get; }

    /// <summary>Whether snapshots are published while it runs, and not only when it ends.</summary>
    internal bool IsObservable { get; init; }

    /// <summary>How many executions wait for this one, each for the next.</summary>
    internal int Depth { get; init; }

    /// <summary>The ARN the registry knows it by; null when it is not registered, so that short executions never make their ARN. The registry sets it.</summary>
    internal string? RegisteredArn { get; set; }

    /// <inheritdoc cref="RunCompletion.WasHandedOver"/>
    internal bool WasHandedOver => completion.WasHandedOver;

    /// <summary>Its span while it is in memory; null when nobody listens.</summary>
    internal System.Diagnostics.Activity? Activity { get; set; }

    /// <summary>What the execution began with. Known once it is started.</summary>
    internal ExecutionStart Start { get; private set; } = null!;

    RunClock Clock => Runtime.Clock;
    AppliedSignals Applied => new(execution, journal);
    CommandExecutor Executor => executor ??= new CommandExecutor(this);

    /// <summary>Whether it has ended, is suspended, or only waits.</summary>
    internal bool IsAtRest => Locked(static pump =>
        pump.state is PumpState.Ended or PumpState.Suspended or PumpState.Unloaded || (pump.state == PumpState.Resting && pump.IsWithoutWork));

    internal bool IsAwaited => Locked(static pump => pump.completion.IsAwaited);

    /// <summary>Another execution waits for the end.</summary>
    internal void HandOver() => Locked(static pump => pump.completion.HandOver(pump.Clock));

    /// <summary>Starts the execution on this thread, and goes on until it waits for something.</summary>
    internal ValueTask<ExecutionResult> RunAsync(ExecutionStart start, CancellationToken cancellationToken)
    {
        Prepare(start);
        isAlone = journal is null && !cancellationToken.CanBeCanceled;
        stopRegistration = cancellationToken.UnsafeRegister(static pump => ((ExecutionPump)pump!).Post(((ExecutionPump)pump).StopSignal(null, "The execution was cancelled.")), this);
        Execute();
        return completion.Result is { } ended ? new ValueTask<ExecutionResult>(ended) : Completion();
    }

    /// <summary>Starts the execution, on a thread of the pool or on this one.</summary>
    /// <returns>Ends when the start is stored.</returns>
    internal Task StartAsync(ExecutionStart start, bool onThisThread = false)
    {
        var started = inbox.WhenCommitted();
        Prepare(start);
        if (onThisThread) Execute();
        else Queue();
        return started;
    }

    /// <summary>Makes the execution again from its stored signals. Once it is registered, <see cref="Continue"/> follows.</summary>
    /// <param name="signals">The signals, oldest first.</param>
    /// <param name="elsewhere">Its ARN when it may go on in another runtime: it does so here once a signal or <see cref="Completion"/> asks for it. Null when it goes on here.</param>
    /// <exception cref="ExecutionReplayException">The signals do not belong to the definition.</exception>
    internal void Restore(IReadOnlyList<ExecutionSignal> signals, string? elsewhere = null)
    {
        Replay.Apply(execution, signals, journal?.Store is { KeepsHistory: true });
        IsResumed = true;
        Start = execution.Start;
        journal?.Restore(signals.Count);
        Publication.Restored();
        if (elsewhere is null) return;
        Publication.Started();
        RegisteredArn = elsewhere;
        state = PumpState.Unloaded;
    }

    /// <summary>The execution goes on here. <see cref="Queue"/> or <see cref="Execute"/> then lets it.</summary>
    /// <returns>Ends when it is stored that the execution goes on here.</returns>
    internal Task Continue()
    {
        if (Runtime.Options.Telemetry && !execution.HasEnded) RuntimeTelemetry.Resumed(this);
        foreach (var (task, token) in execution.Tasks.OpenTokens()) Tasks.Register(task, token);
        Publication.Started();
        Clock.BeginPump();
        if (journal is null || execution.HasEnded) return Task.CompletedTask;
        // Stored before anything is done: of two runtimes that resume the same execution only one goes on.
        beginning = new Beginning(ExecutionSignalKind.Resumed, Math.Max(Clock.UtcTicks, execution.Now));
        return inbox.WhenCommitted();
    }

    /// <summary>Begins the execution again where it failed.</summary>
    /// <param name="mapRunRedrive">For a child execution, which redrive of its Map Run this is; 0 otherwise.</param>
    /// <returns>Ends when the redrive is stored.</returns>
    /// <exception cref="InvalidOperationException">The execution cannot be redriven.</exception>
    internal Task RedriveAsync(int mapRunRedrive = 0)
    {
        Task stored;
        lock (this)
        {
            if ((Snapshot?.RedriveRefusal ?? (state == PumpState.Ended ? null : "it has not ended")) is { } refusal) throw new InvalidOperationException($"The execution '{Start.ResolveName()}' cannot be redriven: {refusal}.");
            completion.Reset();
            // Before the time is read: a clock that skips moves on until then.
            BeginPump();
            beginning = new Beginning(ExecutionSignalKind.Redriven, Clock.UtcTicks, mapRunRedrive);
            stored = inbox.WhenCommitted();
        }

        Queue();
        return stored;
    }

    /// <summary>The end. Faulted when the execution is suspended. Brings an execution that only waits back into memory.</summary>
    internal ValueTask<ExecutionResult> Completion()
    {
        lock (this)
            if (state != PumpState.Unloaded) return completion.WhenEnded();
        return new ValueTask<ExecutionResult>(Runtime.Idle!.WhenEndedAsync(RegisteredArn!));
    }

    /// <summary>When the execution is due while it only waits, in memory or not, UTC ticks; null when it works, or waits for no time.</summary>
    internal long? DueAtRest => Locked(static pump => pump.state == PumpState.Unloaded || (pump.state == PumpState.Resting && pump.IsWithoutWork) ? pump.execution.NextDue : null);

    /// <summary>Leaves the memory when the execution only waits, and has done so for a time. A signal or <see cref="Completion"/> brings it back from the store.</summary>
    /// <param name="since">It must have come to rest before, <see cref="Environment.TickCount64"/>.</param>
    internal bool TryUnload(long since)
    {
        lock (this)
        {
            if (state != PumpState.Resting || restedAt > since || completion.IsAwaited || Publication.IsWatched || journal is not { HasAllOfIdle: true } || !IsWithoutWork || tasks is { HasUnsavedTokens: true }) return false;
            state = PumpState.Unloaded;
            timer.Dispose();
            Runtime.Forget(this);
        }

        if (Runtime.Options.Telemetry) RuntimeTelemetry.Unloaded(this);
        tasks?.Clear(cancels: false);
        return true;
    }

    /// <summary>Brings a signal, and pumps when no other thread does.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="acknowledgement">Told whether the signal changed anything, once that is stored.</param>
    /// <param name="answers">How many invocations and child executions in flight it answers.</param>
    /// <param name="queues">Whether the execution goes on on a thread of the pool rather than on the caller's.</param>
    /// <returns>False when the execution has ended or is suspended.</returns>
    internal bool Post(in ExecutionSignal signal, TaskCompletionSource<bool>? acknowledgement = null, int answers = 0, bool queues = false)
    {
        lock (this)
        {
            if (state == PumpState.Unloaded)
            {
                _ = Runtime.Idle!.PostAsync(RegisteredArn!, signal, acknowledgement);
                return true;
            }

            if (answers > 0) Tasks.Answered(answers);
            if (state is PumpState.Ended or PumpState.Suspended)
            {
                completion.Refuse(acknowledgement);
                return false;
            }

            inbox.Add(signal, acknowledgement);
            if (state != PumpState.Resting) return true;
            BeginPump();
        }

        if (queues || PumpTurn.IsDeep) Queue();
        else Execute();
        return true;
    }

    /// <summary>Brings a signal.</summary>
    /// <returns>Whether it changed anything; known once it is stored.</returns>
    /// <exception cref="ExecutionStoreException">It could not be stored.</exception>
    internal Task<bool> PostAsync(in ExecutionSignal signal)
    {
        var acknowledgement = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(signal, acknowledgement, queues: true);
        return acknowledgement.Task;
    }

    internal ExecutionSignal StopSignal(string? error, string? cause) => new(ExecutionSignalKind.Stopped, Clock.UtcTicks, error: error, cause: cause);

    /// <summary>Applies a signal that follows from a command, on the thread that pumps.</summary>
    internal void Apply(in ExecutionSignal signal)
    {
        // What arrived while the command was carried out comes first.
        if (inbox.HasArrivals) TakeArrivals();
        Applied.Apply(signal);
    }

    /// <summary>The execution cannot go on here: its store failed, or the runtime stops. It stays as it was stored.</summary>
    internal void Suspend(Exception problem)
    {
        bool isPumping;
        lock (this)
        {
            if (state is PumpState.Suspended or PumpState.Ended or PumpState.Unloaded || suspensionRequest is not null) return;
            suspensionRequest = problem;
            isPumping = state == PumpState.Pumping;
            if (!isPumping) BeginPump();
        }

        // A pump that works sees the request by itself, once the synchronous step it may be in ends.
        if (isPumping) tasks?.CancelAll();
        else Execute();
    }

    void Prepare(ExecutionStart start)
    {
        Start = start;
        if (Runtime.Options.Telemetry) RuntimeTelemetry.Started(this);
        Clock.BeginPump();
    }

    void BeginPump()
    {
        state = PumpState.Pumping;
        Clock.BeginPump();
    }

    /// <summary>Goes on on a thread of the pool.</summary>
    internal void Queue() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <summary>Goes on on this thread.</summary>
    public void Execute()
    {
        PumpTurn.Enter(Runtime.Options.Turn);
        var outcome = Attempt();
        if (outcome == PumpOutcome.Resting) Clock.EndPump();
        else if (outcome == PumpOutcome.Ended) Finish();
        else if (outcome == PumpOutcome.Suspended) Leave(suspensionRequest!);
        PumpTurn.Leave();
    }

    // The last resort: whatever the engine did not expect fails this execution alone, and suspends it when even that is not possible.
    PumpOutcome Attempt(Exception? fault = null)
    {
        try
        {
            if (fault is not null) Applied.Fault(fault, Clock);
            return suspensionRequest is null ? PumpUntilRest() : PumpOutcome.Suspended;
        }
#pragma warning disable CA1031 // The last resort.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            if (fault is null) return Attempt(problem);
            suspensionRequest ??= problem;
            return PumpOutcome.Suspended;
        }
    }

    // Runs until the execution waits for something from outside, has ended, or has used up its turn.
    PumpOutcome PumpUntilRest()
    {
        var applied = Applied;
        if (!execution.HasStarted)
        {
            applied.Apply(new ExecutionSignal(ExecutionSignalKind.Started, Clock.UtcTicks, value: Start.Input, details: Start));
        }
        else if (beginning is { } began)
        {
            beginning = null;
            applied.Apply(new ExecutionSignal(began.Kind, began.Ticks, index: began.MapRunRedrive));
        }

        applied.PassTime(Clock);
        var carriedOut = 0;
        var isFollowed = journal is null && (IsObservable || Options.IsWatched);
        while (true)
        {
            if (suspensionRequest is not null) return PumpOutcome.Suspended;
            if (inbox.HasArrivals) TakeArrivals();
            if (journal is { NeedsCommit: true })
            {
                var committing = journal.CommitAsync(!IsChild && IsIdle, tasks?.TakeChangedTokens(execution.IsAwaiting));
                if (!committing.IsCompletedSuccessfully)
                {
                    _ = GoOnAfterAsync(committing);
                    return PumpOutcome.GoesOn;
                }
            }

            Committed();
            // With a store, commands that follow from signals not yet stored wait for the next round.
            var allowed = journal is null ? int.MaxValue : execution.CommandCount;
            while (allowed-- > 0 && execution.CommandCount > 0)
            {
                var startsChild = false;
                if (execution.Commands.TryTakeTask(execution, out var task)) Executor.Invoke(task);
                else if (execution.Commands.TryTake(execution, out var command)) startsChild = Executor.Execute(command);
                if (inbox.HasArrivals) TakeArrivals();
                // Without a store, what a step caused may be seen before the next one runs.
                if (isFollowed) Committed();
                // Tasks and children that are answered at once could go on for ever.
                if ((++carriedOut % CommandsPerLook == 0 || startsChild) && IsTurnOver()) return PumpOutcome.GoesOn;
            }

            if (execution.CommandCount > 0 || inbox.HasArrivals || journal is { NeedsCommit: true }) continue;
            if (execution.NeedsContinuation)
            {
                if (IsTurnOver()) return PumpOutcome.GoesOn;
                if (!applied.PassTime(Clock)) applied.Apply(new ExecutionSignal(ExecutionSignalKind.Continued, Clock.UtcTicks));
                continue;
            }

            Committed();
            if (execution.HasEnded) return PumpOutcome.Ended;
            if (!applied.PassTime(Clock) && Rest()) return PumpOutcome.Resting;
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

        Execute();
    }

    bool IsIdle => !execution.HasEnded && !execution.NeedsContinuation && execution.CommandCount == 0 && IsWithoutWork && !execution.IsWorkedFor;

    /// <summary>Whether no task and no child execution works for it in this process. What they answered may not be applied yet.</summary>
    internal bool IsWithoutWork => tasks is null or { InFlight: 0 };

    // Other executions get their turn, and those that called this one get their thread back.
    bool IsTurnOver()
    {
        if (!PumpTurn.IsOver) return false;
        isAlone = false;
        Queue();
        return true;
    }

    void TakeArrivals() => inbox.ApplyArrivals(this, Applied);

    // What is stored may be seen.
    void Committed()
    {
        if (Options.IsWatched) Publication.HandOutEvents();
        if (inbox.AwaitsCommit || IsObservable) Publication.Publish();
        if (RegisteredArn is not null && !Publication.HasStarted) Publication.Started();
        journal?.DropStoredHistory();
        inbox.Committed();
    }

    // Nothing is left to do now. False when something arrived meanwhile.
    bool Rest()
    {
        var due = execution.NextDue;
        isAlone = false;
        lock (this)
        {
            if (inbox.HasArrivals || suspensionRequest is not null) return false;
            state = PumpState.Resting;
            restedAt = Environment.TickCount64;
            timer.Set(due, Clock, static pump => ((ExecutionPump)pump!).OnTimer(), this);
            publication?.Rest();
        }

        if (journal is { HasAllOfIdle: true }) Runtime.Idle!.Watch();
        return true;
    }

    void Finish()
    {
        List<TaskCompletionSource<bool>>? late;
        TaskCompletionSource<ExecutionResult>? waiting;
        var result = new ExecutionResult(execution);
        if (isAlone && executor is null) End(result, out waiting, out late);
        else lock (this) End(result, out waiting, out late);
        stopRegistration.Dispose();
        if (Runtime.Options.Telemetry) RuntimeTelemetry.Ended(this, result);
        late?.ForEach(static acknowledgement => acknowledgement.TrySetResult(false));
        waiting?.TrySetResult(result);
        Clock.EndPump();
    }

    void End(ExecutionResult result, out TaskCompletionSource<ExecutionResult>? waiting, out List<TaskCompletionSource<bool>>? late)
    {
        state = PumpState.Ended;
        waiting = completion.End(result, Clock);
        late = inbox.TakeUnanswered();
        timer.Dispose();
        // All of it before the end is seen: a redrive may follow at once.
        tasks?.Clear(cancels: false);
        if (publication is not null || RegisteredArn is not null || Runtime.Changes is { IsHeard: true }) Publication.ShowEnd(result);
    }

    ExecutionPublication MakePublication()
    {
        lock (this) return publication ??= new ExecutionPublication(execution, this, completion.Ended);
    }

    void Leave(Exception problem)
    {
        List<TaskCompletionSource<bool>>? unanswered;
        lock (this)
        {
            state = PumpState.Suspended;
            completion.Suspend(problem);
            unanswered = inbox.TakeUnanswered();
            Publication.End();
            timer.Dispose();
        }

        stopRegistration.Dispose();
        tasks?.Clear(cancels: true);
        executor?.Children?.Suspend(problem);
        Runtime.Suspended(this, problem);
        unanswered?.ForEach(acknowledgement => acknowledgement.TrySetException(problem));
        completion.SetException();
        Clock.EndPump();
    }

    void OnTimer()
    {
        lock (this) timer.Clear();
        Post(new ExecutionSignal(ExecutionSignalKind.TimePassed, Clock.UtcTicks));
    }

    T Locked<T>(Func<ExecutionPump, T> read)
    {
        lock (this) return read(this);
    }
}
