using System.Buffers.Binary;
using Orkestra.Asl;
using Orkestra.Engine.Commands;
using Orkestra.Engine.DataFlow;
using Orkestra.Engine.History;
using Orkestra.Engine.Nodes;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Runs;

/// <summary>Tasks under way: what is asked for, what comes back, and the tokens with which they are completed.</summary>
internal readonly struct TaskRuns(Execution execution)
{
    /// <summary>Asks for a task to be carried out.</summary>
    internal void Invoke(Frame frame)
    {
        frame.Phase = FramePhase.AwaitingTask;
        frame.EarlyCallback = null;
        if (frame.Limits is { } limits)
        {
            if (limits.TimeoutSeconds is { } timeout) execution.Timers.Add(execution.Now + Seconds(timeout), frame, TimerKind.TaskTimeout);
            if (limits.HeartbeatSeconds is { } heartbeat)
            {
                frame.HeartbeatDue = execution.Now + Seconds(heartbeat);
                execution.Timers.Add(frame.HeartbeatDue, frame, TimerKind.Heartbeat);
            }
        }

        execution.Commands.Invoke(frame);
    }

    internal static InvokeTask ToCommand(Execution execution, Frame frame)
    {
        var state = (TaskNode)frame.State;
        return new InvokeTask(new TaskId(frame.Slot, frame.Generation), state.Target, frame.Parameters, frame.RetryCount + 1, frame.Entered, TermsOf(execution, frame, state));
    }

    static TaskTerms? TermsOf(Execution execution, Frame frame, TaskNode state)
    {
        var isSubmitted = frame.Phase == FramePhase.AwaitingCallback;
        if (frame.Limits is null && !isSubmitted && !frame.IsOffered && !state.IsCompletable) return null;
        var token = HasGivenToken(frame) && state.Resource.Kind != TaskResourceKind.Activity ? execution.Tasks.TokenOf(frame).Value : null;
        return new TaskTerms(frame.Limits, token, isSubmitted, frame.IsOffered);
    }

    /// <summary>Applies a signal about the task a frame waits for.</summary>
    internal void Answer(Frame frame, in ExecutionSignal signal)
    {
        switch (signal.Kind)
        {
            case ExecutionSignalKind.TaskSucceeded:
                Succeed(frame, signal.Value!);
                break;
            case ExecutionSignalKind.TaskFailed:
                Fail(frame, FailureOf(signal));
                break;
            case ExecutionSignalKind.CallbackSucceeded:
                CallBack(frame, new EarlyCallback(signal.Value!, null));
                break;
            case ExecutionSignalKind.CallbackFailed:
                CallBack(frame, new EarlyCallback(null, FailureOf(signal)));
                break;
            case ExecutionSignalKind.TaskSubmitted:
                Submit(frame, signal.Value!);
                break;
            case ExecutionSignalKind.TaskHeartbeat:
                Heartbeat(frame);
                break;
            case ExecutionSignalKind.ActivityScheduled:
                ScheduleActivity(frame);
                break;
            case ExecutionSignalKind.ActivityStarted:
                StartActivity(frame, signal);
                break;
            default:
                break;
        }
    }

    static ExecutionFailure FailureOf(in ExecutionSignal signal) => new(signal.Error, signal.CauseObject, signal.Error == ErrorNames.Runtime);

    void Succeed(Frame frame, JsonValue result)
    {
        var state = (TaskNode)frame.State;
        execution.Observer?.Saw(DataFlowStage.Result, result);
        if (execution.IsTooLarge(result))
        {
            Fail(frame, ExecutionFailure.Oversized(state.LimitName, terminal: false));
            return;
        }

        frame.Generation++;
        frame.Last = execution.Record(state.SucceededType, frame.Last, result, state);
        frame.Parameters = result;
        frame.Phase = FramePhase.ResumeReady;
        execution.Ready.Add(frame);
    }

    void Fail(Frame frame, ExecutionFailure failure)
    {
        var state = (TaskNode)frame.State;
        if (state.Resource.Kind == TaskResourceKind.Activity && !frame.IsOffered)
        {
            // It was never scheduled: there is no such activity.
            execution.Fail(frame, execution.Errors.FailureOf(frame, new EvaluationException(failure.Error ?? ErrorNames.Runtime, failure.Cause ?? "")));
            return;
        }

        frame.Last = execution.Record(state.FailedType, frame.Last, failure, state);
        execution.Fail(frame, failure);
    }

    /// <summary>A task was completed with its token. Before the request is answered the callback is kept: AWS records the request first.</summary>
    void CallBack(Frame frame, EarlyCallback callback)
    {
        if (IsAwaitingSubmission(frame)) frame.EarlyCallback ??= callback;
        else if (callback.Failure is { } failure) Fail(frame, failure);
        else Succeed(frame, callback.Result!);
    }

    void Submit(Frame frame, JsonValue output)
    {
        if (frame.Phase == FramePhase.AwaitingCallback) return;
        frame.Phase = FramePhase.AwaitingCallback;
        frame.Last = execution.Record(HistoryEventType.TaskSubmitted, frame.Last, output, frame.State);
        if (frame.EarlyCallback is not { } callback) return;
        frame.EarlyCallback = null;
        CallBack(frame, callback);
    }

    void Heartbeat(Frame frame)
    {
        if (frame.Limits?.HeartbeatSeconds is { } interval) frame.HeartbeatDue = execution.Now + Seconds(interval);
    }

    // Only once it is known that there is such an activity.
    void ScheduleActivity(Frame frame)
    {
        if (frame.IsOffered) return;
        frame.IsOffered = true;
        frame.Last = execution.Record(HistoryEventType.ActivityScheduled, frame.Last, frame.Parameters, frame.Limits is { } limits ? new ScheduleDetails((TaskNode)frame.State, limits) : frame.State);
    }

    void StartActivity(Frame frame, in ExecutionSignal signal)
    {
        if (frame.Phase == FramePhase.AwaitingCallback) return;
        frame.Phase = FramePhase.AwaitingCallback;
        frame.IsInvoked = signal.Index != 0;
        frame.Last = execution.Record(HistoryEventType.ActivityStarted, frame.Last, signal.Cause, frame.State);
        Heartbeat(frame);
    }

    internal void TimeOut(Frame frame, bool isHeartbeat)
    {
        var state = (TaskNode)frame.State;
        execution.Commands.Cancel(frame);
        var failure = new ExecutionFailure(ErrorNames.Timeout, null) { IsHeartbeat = isHeartbeat };
        frame.Last = execution.Record(state.TimedOutType, frame.Last, failure, state);
        execution.Fail(frame, failure);
    }

    /// <summary>The token the Context Object shows at a frame's state; null when it shows none.</summary>
    internal JsonString? TokenInContext(Frame frame) => frame.State is TaskNode { HasToken: true } ? TokenOf(frame) : null;

    /// <summary>The tasks that may be completed with their token.</summary>
    internal IEnumerable<(TaskId Task, string Token)> OpenTokens()
    {
        for (var i = 0; i < execution.Frames.Count && !execution.HasEnded; i++)
        {
            var frame = execution.Frames[i];
            if (frame.Phase is FramePhase.AwaitingTask or FramePhase.AwaitingCallback && HasGivenToken(frame))
                yield return (new TaskId(i, frame.Generation), TokenOf(frame).Value);
        }
    }

    /// <summary>Whether the token of the task under way may be known outside: the request of a callback task or a job may have passed it on.</summary>
    static bool HasGivenToken(Frame frame) => frame.State is TaskNode task && (task.HasCallback || (task.HasToken && frame.Token is not null));

    static bool IsAwaitingSubmission(Frame frame) => frame is { Phase: FramePhase.AwaitingTask, State: TaskNode { Resource.Pattern: TaskPattern.WaitForTaskToken } };

    JsonString TokenOf(Frame frame) => frame.Token ??= JsonString.Create(TokenOf(execution.Start.Seed, new TaskId(frame.Slot, frame.Generation)));

    /// <summary>
    /// The token of a task: the same in every replay, and unlike that of any other task. It holds slot and generation, followed by a part that cannot be guessed from
    /// them alone.
    /// </summary>
    internal static string TokenOf(ulong seed, TaskId task)
    {
        Span<byte> bytes = stackalloc byte[32];
        BinaryPrimitives.WriteInt32BigEndian(bytes, task.Slot);
        BinaryPrimitives.WriteInt32BigEndian(bytes[4..], task.Generation);
        var mixed = new SeededRandom(SeededRandom.Mix(seed ^ ((ulong)(uint)task.Slot << 32) ^ (uint)task.Generation));
        for (var at = 8; at < bytes.Length; at += 8) BinaryPrimitives.WriteUInt64BigEndian(bytes[at..], mixed.Next());
        return Convert.ToBase64String(bytes);
    }

    static long Seconds(long seconds) => Math.Min(seconds, int.MaxValue) * TimeSpan.TicksPerSecond;
}
