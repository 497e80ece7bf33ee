using Orkestra.Asl;
using Orkestra.Engine.DataFlow;
using Orkestra.Engine.History;
using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

/// <summary>
/// The pure core: events in, commands out. It has no clock, no I/O, no task, no lock and no randomness of its own, so applying the same events again makes
/// the same execution. One thread at a time may use it.
/// </summary>
internal sealed partial class Execution
{
    /// <summary>
    /// How many states are entered before the caller gets a chance to look at something else, and to store. Stored events rest on it: another number needs another version of their form.
    /// </summary>
    const int Slice = 5_000;

    /// <summary>
    /// How deep an input, an output or variables may nest: half of what can be written as text, so that the templates around them find room.
    /// </summary>
    internal const int MaxDepth = JsonWriter.MaxDepth / 2;

    readonly ExecutionPlan plan;
    ExecutionQuotas quotas;
    readonly HistoryLog history;
    readonly Queue<Command> commands = new();

    Frame[] frames;
    int frameCount;
    Frame? freeFrames;
    Frame? readyFirst;
    Frame? readyLast;
    Frame root = null!;
    ExecutionStart start = null!;
    SeededRandom random;
    Evaluation? evaluation;
    TimerQueue? timers;
    int maxEvents;
    long deadline = long.MaxValue;
    int transitions;
    int retries;
    long now;

    internal Execution(ExecutionPlan plan)
    {
        this.plan = plan;
        quotas = ExecutionQuotas.Aws;
        history = new HistoryLog(plan.ExpectedEvents);
        frames = new Frame[4];
    }

    internal ExecutionPlan Plan => plan;

    internal ExecutionQuotas Quotas => quotas;

    internal HistoryLog History => history;

    internal ExecutionStart Start => start;

    internal ExecutionStatus Status { get; private set; }

    /// <summary>The output of an execution that succeeded.</summary>
    internal JsonValue? Output { get; private set; }

    /// <summary>The error of an execution that did not succeed.</summary>
    internal Failure? Failure { get; private set; }

    /// <summary>When it started and, once it ended, when it ended; UTC ticks.</summary>
    internal long StartedAt { get; private set; }

    internal long StoppedAt { get; private set; }

    /// <summary>The time of the last event applied, UTC ticks.</summary>
    internal long Now => now;

    internal bool HasEnded => Status != ExecutionStatus.Running;

    /// <summary>Whether there is work left that needs nothing from outside: apply <see cref="ExecutionEventKind.Continued"/>.</summary>
    internal bool NeedsContinuation => readyFirst is not null && !HasEnded;

    /// <summary>When <see cref="ExecutionEventKind.TimePassed"/> is to be applied at the latest, UTC ticks; null when nothing is waited for.</summary>
    internal long? NextDue => HasEnded ? null
        : timers?.NextDue is { } due ? Math.Min(due, deadline)
        : start.Type == StateMachineType.Express && deadline < long.MaxValue ? deadline : null;

    /// <summary>Takes the next thing the execution wants done outside.</summary>
    internal bool TryTakeCommand(out Command command) => commands.TryDequeue(out command);

    internal bool HasCommands => commands.Count > 0;

    internal int CommandCount => commands.Count;

    /// <summary>After a replay: of all that was ever asked for, only what is still waited for is to be done.</summary>
    internal void DropStaleCommands()
    {
        for (var left = commands.Count; left > 0; left--)
        {
            var command = commands.Dequeue();
            // Whether children were stopped is not told by the parent's events: it is looked up, and done again.
            if (command.Kind == CommandKind.StopChildren || (command.IsCurrent && !HasEnded && IsStillToDo(command))) commands.Enqueue(command);
        }
    }

    /// <summary>Forgets what is to be done.</summary>
    internal void DropCommands() => commands.Clear();

    static bool IsStillToDo(in Command command) => command.Kind switch
    {
        CommandKind.CancelTask => false,
        // A request that was taken is not made again, but a job whose end the invoker itself watches is.
        CommandKind.InvokeTask => command.Frame.Phase == Phase.Task || ((TaskNode)command.Frame.State).Resource.Pattern == TaskPattern.Sync,
        CommandKind.ReadItems => command.Frame.MapRun!.Results.Length == 0,
        CommandKind.StartChild => command.Frame.MapRun!.Results[command.Index] is null,
        _ => true,
    };

    /// <summary>The tasks that may be completed with their token.</summary>
    internal IEnumerable<(TaskId Task, string Token)> OpenTokens()
    {
        for (var i = 0; i < frameCount && !HasEnded; i++)
        {
            var frame = frames[i];
            if (frame.Phase is Phase.Task or Phase.Submitted && HasGivenToken(frame))
                yield return (new TaskId(i, frame.Generation), TokenOfTask(frame).Value);
        }
    }

    /// <summary>Whether somebody outside may know the token of the task under way: the one who is to call back, or, of a job, whoever the request told it.</summary>
    internal static bool HasGivenToken(Frame frame) => frame.State is TaskNode task && (task.HasCallback || (task.HasToken && frame.Token is not null));

    /// <summary>Whether an activity has been offered to workers.</summary>
    internal bool IsScheduled(TaskId task) => Waiting(task) is { IsOffered: true };

    /// <summary>Applies what happened.</summary>
    internal void Apply(in ExecutionEvent happened)
    {
        if (happened.Kind == ExecutionEventKind.Started)
        {
            Begin(happened);
            return;
        }

        if (HasEnded && happened.Kind != ExecutionEventKind.Redriven) return;
        now = Math.Max(now, happened.Ticks);
        history.At(now);
        transitions = 0;
        try
        {
            if (now >= deadline && !HasEnded) TimeOut();
            else Dispatch(happened);
            Run();
        }
        catch (HistoryFullException)
        {
            EndForFullHistory();
        }
    }

    /// <summary>Says before the start what it will begin with, for those who look at it already.</summary>
    internal void Announce(ExecutionStart begun, long ticks)
    {
        start = begun;
        StartedAt = ticks;
    }

    void Begin(in ExecutionEvent happened)
    {
        start = happened.Start ?? throw new ArgumentException("The event Started carries no start.", nameof(happened));
        quotas = start.Quotas;
        now = happened.Ticks;
        StartedAt = now;
        random = new SeededRandom(start.Seed);
        maxEvents = start.Type == StateMachineType.Express ? quotas.MaxExpressHistoryEvents : quotas.MaxHistoryEvents;
        SetDeadline();
        history.At(now);
        history.Add(HistoryEventType.ExecutionStarted, 0, start.Input, start);
        root = Rent();
        root.Begin(plan.Root.Start, start.Input, start.Variables is { } outside ? VariableScope.Empty.With(outside).Inner() : VariableScope.Empty, last: 0);
        if (plan.TimeoutSeconds is { } seconds) Timers.Add(now + seconds * TimeSpan.TicksPerSecond, null, TimerKind.ExecutionTimeout);
        Enqueue(root);
        try
        {
            Run();
        }
        catch (HistoryFullException)
        {
            EndForFullHistory();
        }
    }

    // No timer: most executions end before anybody would have to look at the time.
    void SetDeadline()
    {
        var longest = start.Type == StateMachineType.Express ? quotas.MaxExpressDuration : quotas.MaxStandardDuration;
        deadline = longest.Ticks < long.MaxValue - now ? now + longest.Ticks : long.MaxValue;
    }

    void Dispatch(in ExecutionEvent happened)
    {
        switch (happened.Kind)
        {
            case ExecutionEventKind.TaskSucceeded:
                if (Waiting(happened.Task) is { } succeeded) TaskSucceeded(succeeded, happened.Value!);
                break;
            case ExecutionEventKind.TaskFailed:
                if (Waiting(happened.Task) is { } failed) TaskFailed(failed, happened.Error, happened.CauseObject);
                break;
            case ExecutionEventKind.TaskSubmitted:
                if (Waiting(happened.Task) is { } submitted) TaskSubmitted(submitted, happened.Value!);
                break;
            case ExecutionEventKind.TaskHeartbeat:
                if (Waiting(happened.Task) is { Limits.HeartbeatSeconds: { } interval } alive) alive.HeartbeatDue = now + Seconds(interval);
                break;
            case ExecutionEventKind.ActivityScheduled:
                if (Waiting(happened.Task) is { } offered) ActivityScheduled(offered);
                break;
            case ExecutionEventKind.ActivityStarted:
                if (Waiting(happened.Task) is { } taken) ActivityStarted(taken, happened.Cause);
                break;
            case ExecutionEventKind.TimePassed:
                TimePassed();
                break;
            case ExecutionEventKind.Stopped:
                Stop(happened.Error, happened.Cause);
                break;
            case ExecutionEventKind.Redriven:
                Redrive(happened.Index);
                break;
            case ExecutionEventKind.MapRunUpdated:
                UpdateMapRun(happened.Cause, happened.Value!);
                break;
            case ExecutionEventKind.ItemsRead:
                if (Waiting(happened.Task) is { } read) ItemsRead(read, (JsonArray)happened.Value!);
                break;
            case ExecutionEventKind.ItemsFailed:
                if (Waiting(happened.Task) is { } unread) ItemsFailed(unread, happened.Error, happened.Cause);
                break;
            case ExecutionEventKind.ChildSucceeded or ExecutionEventKind.ChildFailed:
                if (Waiting(happened.Task) is { } joined) ChildEnded(joined, happened);
                break;
            case ExecutionEventKind.ResultsWritten:
                if (Waiting(happened.Task) is { } written) ResultsWritten(written, happened.Value!);
                break;
            case ExecutionEventKind.ResultsFailed:
                if (Waiting(happened.Task) is { } unwritten) ResultsFailed(unwritten, happened.Error, happened.Cause);
                break;
            default:
                break;
        }
    }

    /// <summary>The frame that waits for a task's answer; null when the answer comes too late.</summary>
    Frame? Waiting(TaskId task)
    {
        if ((uint)task.Slot >= (uint)frameCount) return null;
        var frame = frames[task.Slot];
        return frame.Generation == task.Generation && frame.Phase is Phase.Task or Phase.Submitted or Phase.Joining ? frame : null;
    }

    /// <summary>Whether something happened that nobody waits for (any more): it changes nothing, and need not be kept.</summary>
    internal bool Ignores(in ExecutionEvent happened) => happened.Kind switch
    {
        ExecutionEventKind.Started => false,
        ExecutionEventKind.Redriven => !HasEnded,
        _ when HasEnded => true,
        ExecutionEventKind.TimePassed => NextDue is not { } due || due > happened.Ticks,
        ExecutionEventKind.Continued or ExecutionEventKind.Stopped or ExecutionEventKind.MapRunUpdated => false,
        _ => Waiting(happened.Task) is null,
    };

    /// <summary>Whether a task's answer is still waited for.</summary>
    internal bool IsWaitingFor(TaskId task) => !HasEnded && Waiting(task) is not null;

    /// <summary>Whether a task's request has not been answered yet.</summary>
    internal bool IsAwaitingSubmission(TaskId task) =>
        !HasEnded && Waiting(task) is { Phase: Phase.Task, State: TaskNode { Resource.Pattern: TaskPattern.WaitForTaskToken } };

    /// <summary>The token of a task that is under way.</summary>
    internal string TokenFor(TaskId task) => TokenOfTask(frames[task.Slot]).Value;

    internal TimerQueue Timers => timers ??= new TimerQueue(IsWanted);

    bool IsWanted(TimerQueue.Entry entry) => entry.Frame is null ? !HasEnded : entry.Frame.Generation == entry.Generation && entry.Frame.Phase != Phase.Free;

    internal Evaluation Evaluation => evaluation ??= new Evaluation(this);
}
