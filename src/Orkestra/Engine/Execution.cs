using Orkestra.Asl;
using Orkestra.Engine.Commands;
using Orkestra.Engine.DataFlow;
using Orkestra.Engine.History;
using Orkestra.Engine.Nodes;
using Orkestra.Engine.Runs;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

/// <summary>
/// The pure core: signals in, commands out. It has no clock, no I/O, no task, no lock and no randomness of its own, so applying the same signals again makes the same
/// execution. This type holds the order in which one signal is applied; branches, tasks, Map Runs, errors and timers have types of their own.
/// One thread at a time may use it.
/// </summary>
internal sealed class Execution
{
    /// <summary>
    /// How many states one signal may enter before the host gets its turn: to store, to look at the time, and to let other executions go on. Replays depend on it:
    /// another number needs another version of the stored form.
    /// </summary>
    internal const int MaxTransitionsPerSignal = 5_000;

    /// <summary>How many steps of expressions one signal may take before the host gets its turn; see <see cref="MaxTransitionsPerSignal"/>.</summary>
    const long MaxEvaluationStepsPerSignal = 1_000_000;

    /// <summary>How deep an input, an output or variables may nest: half of what can be written as text, so that the templates around them find room.</summary>
    internal const int MaxDepth = JsonWriter.MaxDepth / 2;

    /// <summary>What has happened.</summary>
    internal HistoryLog History;

    /// <summary>The frames, by slot.</summary>
    internal FrameTable Frames;

    /// <summary>The frames that can go on.</summary>
    internal RunQueue Ready;

    /// <summary>What is asked for and was not taken yet.</summary>
    internal CommandQueue Commands;

    /// <summary>Where ids, tokens and jitter come from.</summary>
    internal SeededRandom Random;

    Frame root = null!;
    TimerQueue? timers;
    ErrorHandling? errors;
    BranchRuns? branches;
    MapRuns? mapRuns;
    Evaluation? evaluation;
    JsonValue? fitting;
    string? name;
    string? arn;
    long deadline = long.MaxValue;
    long evaluationSteps;
    long variableBytes;
    int transitions;

    internal Execution(ExecutionPlan plan)
    {
        Plan = plan;
        History = new HistoryLog(plan.ExpectedEvents);
    }

    internal ExecutionPlan Plan { get; }

    internal ExecutionStart Start { get; private set; } = null!;

    internal ExecutionQuotas Quotas => Start.Quotas;

    internal ExecutionStatus Status { get; private set; }

    /// <summary>Whether its first signal was applied.</summary>
    internal bool HasStarted { get; private set; }

    internal bool HasEnded => Status != ExecutionStatus.Running;

    /// <summary>The output of an execution that succeeded.</summary>
    internal JsonValue? Output { get; private set; }

    /// <summary>The error of an execution that did not succeed.</summary>
    internal ExecutionFailure? Failure { get; private set; }

    /// <summary>When it started and, once it ended, when it ended; UTC ticks.</summary>
    internal long StartedAt { get; private set; }

    internal long StoppedAt { get; private set; }

    /// <summary>The time of the last signal applied, UTC ticks.</summary>
    internal long Now { get; private set; }

    internal int MaxEvents { get; private set; }

    /// <summary>Its last redrive; null when there was none.</summary>
    internal RedriveMark? LastRedrive { get; private set; }

    /// <summary>How often it was redriven.</summary>
    internal int RedriveCount => LastRedrive?.Count ?? 0;

    internal string Name => name ??= Start.ResolveName();

    internal string Arn => arn ??= Start.ResolveArn();

    internal TimerQueue Timers => timers ??= new TimerQueue();

    internal BranchRuns Branches => branches ??= new BranchRuns(this);

    internal MapRuns MapRuns => mapRuns ??= new MapRuns(this);

    internal TaskRuns Tasks => new(this);

    internal Evaluation Evaluation => evaluation ??= new Evaluation(this);

    /// <summary>The Map Runs so far, in the order of their start; null for none.</summary>
    internal IReadOnlyList<MapRun>? KnownMapRuns => mapRuns?.All is { Count: > 0 } known ? known : null;

    /// <summary>What watches its first state and ends with it; null for an execution that goes on.</summary>
    internal StateObserver? Observer { get; init; }

    /// <summary>How many commands wait to be taken, outdated ones included.</summary>
    internal int CommandCount => Commands.Count;

    /// <summary>Whether there is work left that needs nothing from outside: apply <see cref="ExecutionSignalKind.Continued"/>.</summary>
    internal bool NeedsContinuation => !Ready.IsEmpty && !HasEnded;

    /// <summary>When <see cref="ExecutionSignalKind.TimePassed"/> is to be applied at the latest, UTC ticks; null when nothing waits for a time.</summary>
    internal long? NextDue => HasEnded ? null
        : timers?.NextDue is { } due ? Math.Min(due, deadline)
        : deadline < long.MaxValue && Start.Type == StateMachineType.Express ? deadline : null;

    /// <summary>Whether the frame of a task still waits for its answer.</summary>
    internal bool IsAwaiting(TaskId task) => !HasEnded && Frames.Find(task) is { Phase: FramePhase.AwaitingTask or FramePhase.AwaitingCallback };

    /// <inheritdoc cref="FrameTable.IsWorkedFor"/>
    internal bool IsWorkedFor => Frames.IsWorkedFor;

    string? RedriveRefusal => Redrive.RefusalOf(Status, Start.Type, History.Count, MaxEvents);

    internal ErrorHandling Errors => errors ??= new ErrorHandling(this);

    /// <summary>Applies a signal. The first one of an execution is <see cref="ExecutionSignalKind.Started"/>.</summary>
    internal void Apply(in ExecutionSignal signal) => Apply(signal, TargetOf(signal));

    /// <summary>Applies a signal, with what <see cref="TargetOf"/> gives for it.</summary>
    internal void Apply(in ExecutionSignal signal, SignalTarget target)
    {
        if (!HasStarted)
        {
            Begin(signal);
        }
        else
        {
            if (HasEnded && signal.Kind != ExecutionSignalKind.Redriven) return;
            Now = Math.Max(Now, signal.Ticks);
            History.At(Now);
        }

        transitions = 0;
        evaluationSteps = 0;
        try
        {
            if (Now >= deadline && !HasEnded && signal.Kind != ExecutionSignalKind.Faulted) TimeOut();
            else Dispatch(signal, target);
            Run();
        }
        catch (HistoryFullException)
        {
            EndFailed(History.Count, new ExecutionFailure(ErrorNames.Runtime, $"The execution reached the maximum number of history events ({MaxEvents}).", terminal: true));
        }
    }

    /// <summary>Whether a signal changes nothing: what it answers is no longer awaited, or nothing is due. Such a signal need not be stored.</summary>
    internal bool Ignores(in ExecutionSignal signal) => Ignores(signal, TargetOf(signal));

    /// <summary>As <see cref="Ignores(in ExecutionSignal)"/>, with what <see cref="TargetOf"/> gives for the signal.</summary>
    internal bool Ignores(in ExecutionSignal signal, SignalTarget target) => signal.Kind switch
    {
        ExecutionSignalKind.Started => HasStarted,
        ExecutionSignalKind.Redriven => RedriveRefusal is not null,
        _ when HasEnded || !HasStarted => true,
        ExecutionSignalKind.TimePassed => NextDue is not { } due || due > signal.Ticks,
        ExecutionSignalKind.Continued or ExecutionSignalKind.Resumed or ExecutionSignalKind.Stopped or ExecutionSignalKind.Faulted or ExecutionSignalKind.MapRunUpdated => false,
        _ => target.Frame is null,
    };

    /// <summary>The state that waits for a signal about a task; null when none does.</summary>
    internal string? StateAwaiting(in ExecutionSignal signal) => TargetOf(signal).StateName;

    /// <summary>Adds an event to the history and returns its id.</summary>
    internal int Record(HistoryEventType type, int previous, object? value, object? subject, int number = 0)
    {
        // One event is kept free for the end.
        if (History.Count >= MaxEvents - 1) throw new HistoryFullException();
        return History.Add(type, previous, value, subject, number);
    }

    /// <summary>Ends a frame's state with a result, in either query language.</summary>
    internal void Complete(Frame frame, JsonValue? result)
    {
        var state = frame.State;
        if (state.PassesResult && Observer is null) Exit(frame, new StateOutput(result!, null), state.Next);
        else Complete(frame, result, state.Flow.Output, state.Flow.Assign, state.Next);
    }

    /// <summary>Ends a frame's state with a result and the fields that count: the state's own, or those of a choice rule.</summary>
    internal void Complete(Frame frame, JsonValue? result, Template? output, AssignTemplate? assign, StateNode? next) =>
        Exit(frame, StateDataFlow.Complete(this, frame, result, output, assign), next);

    /// <summary>Ends a frame's state with an output and goes on to the state that follows, or ends the frame.</summary>
    internal void Exit(Frame frame, StateOutput output, StateNode? next)
    {
        var state = frame.State;
        if (IsTooLarge(output.Value) || output.Assigned?.Depth > MaxDepth)
        {
            Fail(frame, ExecutionFailure.Oversized(state.Name, terminal: true));
            return;
        }

        if (output.Assigned is not { } assigned)
        {
            frame.Last = Record(state.ExitedType, frame.Last, output.Value, state);
        }
        else
        {
            var variables = frame.Variables.With(assigned);
            var grown = variables.OwnBytes - frame.Variables.OwnBytes;
            if (assigned.Utf8Length > Quotas.MaxPayloadBytes || (grown > 0 && variableBytes + grown > Quotas.MaxVariableBytes && Start.IsMeasured))
            {
                Fail(frame, ExecutionFailure.OversizedVariables(state.Name));
                return;
            }

            variableBytes += grown;
            frame.Variables = variables;
            frame.Last = Record(state.ExitedType, frame.Last, output.Value, new ExitDetails(state, assigned));
        }

        if (Observer is not null)
        {
            Observer.Left(output.Value, next);
        }
        else if (next is not null)
        {
            frame.State = next;
            frame.Input = output.Value;
            frame.Phase = FramePhase.EntryReady;
        }
        else if (frame.Parent is not null)
        {
            Branches.Join(frame, output.Value);
        }
        else
        {
            Output = output.Value;
            End(ExecutionStatus.Succeeded, HistoryEventType.ExecutionSucceeded, frame.Last, output.Value);
        }
    }

    internal bool IsTooLarge(JsonValue value)
    {
        // Most states hand on a value that was looked at before.
        if (ReferenceEquals(value, fitting)) return false;
        if (value.Utf8Length > Quotas.MaxPayloadBytes || value.Depth > MaxDepth) return true;
        fitting = value;
        return false;
    }

    /// <summary>The graph of a frame ends, and its variables with it.</summary>
    internal void ForgetVariables(Frame frame) => variableBytes -= frame.Variables.OwnBytes;

    /// <summary>A frame's state failed.</summary>
    internal void Fail(Frame frame, ExecutionFailure failure, bool fromWithin = false) => Errors.Fail(frame, failure, fromWithin);

    /// <summary>Ends the execution as failed.</summary>
    internal void EndFailed(int previous, ExecutionFailure failure)
    {
        Failure = failure;
        End(ExecutionStatus.Failed, HistoryEventType.ExecutionFailed, previous, failure);
    }

    void Begin(in ExecutionSignal signal)
    {
        if (signal.Start is not { } beginning)
            throw new ArgumentException($"The first signal of an execution must be '{ExecutionSignalKind.Started}', but it is '{signal.Kind}'.", nameof(signal));
        HasStarted = true;
        Start = beginning;
        Now = StartedAt = signal.Ticks;
        Random = new SeededRandom(beginning.Seed);
        MaxEvents = Math.Min(HistoryRecord.MaxNumber, beginning.Type == StateMachineType.Express ? Quotas.MaxExpressHistoryEvents : Quotas.MaxHistoryEvents);
        root = Frames.Rent();
        root.Begin(Plan.Root.Start, beginning.Input, VariablesOf(beginning), last: 0);
        variableBytes = root.Variables.OwnBytes;
        SetDeadline();
        History.At(Now);
    }

    // Those a child execution sees are not its own.
    static VariableScope VariablesOf(ExecutionStart start) => start.Variables is not { } variables ? VariableScope.Empty
        : start.Parent is null ? VariableScope.Empty.With(variables) : VariableScope.Empty.With(variables).Inner();

    void SetDeadline()
    {
        // Not a timer: most executions end before anything looks at the time.
        var longest = Start.Type == StateMachineType.Express ? Quotas.MaxExpressDuration : Quotas.MaxStandardDuration;
        deadline = longest.Ticks < long.MaxValue - Now ? Now + longest.Ticks : long.MaxValue;
        if (Plan.TimeoutSeconds is { } seconds) Timers.Add(Now + Math.Min(seconds, int.MaxValue) * TimeSpan.TicksPerSecond, null, TimerKind.ExecutionTimeout);
    }

    void Dispatch(in ExecutionSignal signal, SignalTarget target)
    {
        // What was due before the signal happened comes first, so that a task's answer after its time limit is too late.
        if (timers?.NextDue < signal.Ticks && !HasEnded)
        {
            PassTime();
            target = TargetOf(signal);
        }

        if (HasEnded && signal.Kind != ExecutionSignalKind.Redriven) return;
        switch (signal.Kind)
        {
            case ExecutionSignalKind.Started:
                History.Add(HistoryEventType.ExecutionStarted, 0, Start.Input, Start);
                Ready.Add(root);
                break;
            case ExecutionSignalKind.TimePassed:
                PassTime();
                break;
            case ExecutionSignalKind.Stopped:
                Failure = new ExecutionFailure(signal.Error, signal.Cause, terminal: true);
                End(ExecutionStatus.Aborted, HistoryEventType.ExecutionAborted, 0, Failure);
                break;
            case ExecutionSignalKind.Faulted:
                EndFailed(History.Count, new ExecutionFailure(signal.Error, signal.Cause, terminal: true));
                break;
            case ExecutionSignalKind.Redriven:
                BeginAgain(signal.Index);
                break;
            case ExecutionSignalKind.MapRunUpdated:
                MapRuns.Update(signal.Cause, signal.Value!);
                break;
            default:
                if (target.Frame is not { } frame) break;
                if (frame.MapRun is not null) MapRuns.Answer(frame, signal);
                else Tasks.Answer(frame, signal);
                break;
        }
    }

    /// <summary>What waits for a signal about a task: nothing when the signal is about none, comes too late, or belongs to another kind of state.</summary>
    internal SignalTarget TargetOf(in ExecutionSignal signal)
    {
        if (signal.Task.Generation == 0 || !HasStarted) return default;
        if (Frames.Find(signal.Task) is not { Phase: FramePhase.AwaitingTask or FramePhase.AwaitingCallback or FramePhase.Joining } frame) return default;
        var fits = signal.Kind switch
        {
            ExecutionSignalKind.ItemsRead or ExecutionSignalKind.ItemsFailed => frame.MapRun is { HasItems: false },
            ExecutionSignalKind.ChildSucceeded or ExecutionSignalKind.ChildFailed => frame.MapRun is { } run && run.Awaits(signal.Index),
            ExecutionSignalKind.ResultsWritten or ExecutionSignalKind.ResultsFailed => frame.MapRun is { HasItems: true, HasEveryResult: true },
            _ => frame.State.Kind == StateKind.Task,
        };
        return fits ? new SignalTarget(frame) : default;
    }

    // Frames are taken one by one, so that no graph, however large or nested, needs a deep stack.
    void Run()
    {
        while (!IsSliceOver && Ready.Take() is { } frame)
        {
            try
            {
                Step(frame);
            }
#pragma warning disable CA1031 // Whatever a state throws is the failure of that state.
            catch (Exception problem) when (problem is not HistoryFullException)
#pragma warning restore CA1031
            {
                Fail(frame, Errors.FailureOf(frame, problem));
            }
        }
    }

    // The counts, not the clock: a replay on another machine has to pause at the same places.
    bool IsSliceOver => transitions >= MaxTransitionsPerSignal || evaluationSteps >= MaxEvaluationStepsPerSignal;

    void Step(Frame frame)
    {
        while (true)
        {
            var phase = frame.Phase;
            frame.Phase = FramePhase.Working;
            switch (phase)
            {
                case FramePhase.EntryReady:
                    var state = frame.State;
                    frame.Before = frame.Last;
                    frame.RetryCount = 0;
                    frame.RetrierCounts = null;
                    frame.EnteredAt = Now;
                    frame.Entered = frame.Last = Record(state.EnteredType, frame.Last, frame.Input, state);
                    state.Enter(this, frame);
                    break;
                case FramePhase.RetryReady:
                    frame.State.Enter(this, frame);
                    break;
                case FramePhase.ResumeReady:
                    frame.State.Resume(this, frame);
                    break;
                default:
                    frame.Phase = phase;
                    return;
            }

            if (evaluation is not null) evaluationSteps += evaluation.TakeSteps();
            if (frame.Phase is not (FramePhase.EntryReady or FramePhase.RetryReady)) return;
            transitions++;
            if (IsSliceOver)
            {
                Ready.Add(frame);
                return;
            }
        }
    }

    void PassTime()
    {
        while (!HasEnded && timers is not null && timers.TryTake(Now, out var timer))
        {
            var frame = timer.Frame;
            switch (timer.Kind)
            {
                case TimerKind.ExecutionTimeout:
                    TimeOut();
                    return;
                case TimerKind.Wait or TimerKind.Retry:
                    frame!.Generation++;
                    frame.Phase = timer.Kind == TimerKind.Wait ? FramePhase.ResumeReady : FramePhase.RetryReady;
                    Ready.Add(frame);
                    break;
                case TimerKind.Heartbeat when frame!.HeartbeatDue > Now:
                    timers.Add(frame.HeartbeatDue, frame, TimerKind.Heartbeat);
                    break;
                default:
                    Tasks.TimeOut(frame!, isHeartbeat: timer.Kind == TimerKind.Heartbeat);
                    break;
            }
        }
    }

    void TimeOut()
    {
        // The event has the error, the execution has none.
        Failure = new ExecutionFailure(null, null, terminal: true);
        End(ExecutionStatus.TimedOut, HistoryEventType.ExecutionTimedOut, 0, Start.IsMeasured ? new ExecutionFailure(ErrorNames.Timeout, null, terminal: true) : Failure);
    }

    void BeginAgain(int mapRunRedrive)
    {
        if (RedriveRefusal is not null) return;
        // In a replay: what was to be stopped then goes on now.
        Commands.Clear();
        Status = ExecutionStatus.Running;
        Failure = null;
        LastRedrive = new RedriveMark(RedriveCount + 1, Now, mapRunRedrive);
        errors?.ForgetRetries();
        SetDeadline();
        Redrive.Apply(this, Record(HistoryEventType.ExecutionRedriven, History.Count, null, null, RedriveCount));
    }

    void End(ExecutionStatus status, HistoryEventType type, int previous, object? value)
    {
        History.Add(type, previous, value, null);
        StoppedAt = Now;
        Status = status;
        Ready.Clear();
        timers?.Clear();
        if (Frames.Count > 1 || root.Phase is FramePhase.AwaitingTask or FramePhase.AwaitingCallback or FramePhase.Joining) CancelAll();
        Plan.Remember(History.Count);
    }

    void CancelAll()
    {
        for (var i = 0; i < Frames.Count; i++)
        {
            var frame = Frames[i];
            if (frame.Phase is FramePhase.AwaitingTask or FramePhase.AwaitingCallback) Commands.Cancel(frame);
            else if (frame.Phase == FramePhase.Joining && frame.MapRun is not null) MapRuns.StopChildren(frame);
        }
    }
}
