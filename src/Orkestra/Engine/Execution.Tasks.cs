using System.Buffers.Binary;
using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

// Tasks: what is asked for, and what comes back.
internal sealed partial class Execution
{
    /// <summary>Asks for a task to be carried out.</summary>
    internal void Invoke(Frame frame)
    {
        frame.Phase = Phase.Task;
        if (frame.Limits is { } limits)
        {
            if (limits.TimeoutSeconds is { } timeout) Timers.Add(now + Seconds(timeout), frame, TimerKind.TaskTimeout);
            if (limits.HeartbeatSeconds is { } heartbeat)
            {
                frame.HeartbeatDue = now + Seconds(heartbeat);
                Timers.Add(frame.HeartbeatDue, frame, TimerKind.Heartbeat);
            }
        }

        commands.Enqueue(new Command(CommandKind.InvokeTask, frame, frame.Generation));
    }

    static long Seconds(long seconds) => Math.Min(seconds, int.MaxValue) * TimeSpan.TicksPerSecond;

    void TaskSucceeded(Frame frame, JsonValue result)
    {
        var state = (TaskNode)frame.State;
        if (IsTooLarge(result))
        {
            TaskFailed(frame, Oversized(state.LimitName, terminal: false));
            return;
        }

        frame.Generation++;
        frame.Last = Record(state.SucceededType, frame.Last, result, state);
        frame.Parameters = result;
        frame.Phase = Phase.Joined;
        Enqueue(frame);
    }

    void TaskFailed(Frame frame, string? error, object? cause) => TaskFailed(frame, new Failure(error, cause, error == ErrorNames.Runtime));

    void TaskFailed(Frame frame, Failure failure)
    {
        var state = (TaskNode)frame.State;
        if (state.Resource.Kind == TaskResourceKind.Activity && !frame.IsOffered)
        {
            // It was never scheduled: there is no such activity.
            Fail(frame, ToFailure(frame, new EvaluationException(failure.Error ?? ErrorNames.Runtime, failure.Cause ?? "")));
            return;
        }

        frame.Last = Record(state.FailedType, frame.Last, failure, state);
        Fail(frame, failure);
    }

    void TaskSubmitted(Frame frame, JsonValue output)
    {
        if (frame.Phase == Phase.Submitted) return;
        frame.Phase = Phase.Submitted;
        frame.Last = Record(HistoryEventType.TaskSubmitted, frame.Last, output, frame.State);
    }

    // Only once it is known that there is such an activity.
    void ActivityScheduled(Frame frame)
    {
        frame.IsOffered = true;
        frame.Last = Record(HistoryEventType.ActivityScheduled, frame.Last, frame.Parameters, frame.Limits ?? (object)frame.State);
    }

    void ActivityStarted(Frame frame, string? worker)
    {
        if (frame.Phase == Phase.Submitted) return;
        frame.Phase = Phase.Submitted;
        frame.Last = Record(HistoryEventType.ActivityStarted, frame.Last, worker, frame.State);
        if (frame.Limits?.HeartbeatSeconds is { } heartbeat) frame.HeartbeatDue = now + Seconds(heartbeat);
    }

    void TaskTimedOut(Frame frame, bool heartbeat)
    {
        var state = (TaskNode)frame.State;
        commands.Enqueue(new Command(CommandKind.CancelTask, frame, frame.Generation));
        var failure = new Failure(ErrorNames.Timeout, null) { IsHeartbeat = heartbeat };
        frame.Last = Record(state.TimedOutType, frame.Last, failure, state);
        Fail(frame, failure);
    }

    /// <summary>The token of the task a frame is at; null when its state has none.</summary>
    internal JsonString? TokenOf(Frame frame) => frame.State is TaskNode { HasToken: true } ? frame.Token ??= MakeToken(frame) : null;

    /// <summary>The token of any task, also of one whose Context Object shows none.</summary>
    internal JsonString TokenOfTask(Frame frame) => frame.Token ??= MakeToken(frame);

    // The same in every replay, and unlike any other: seed, slot and generation, followed by a part that cannot be guessed from them alone.
    JsonString MakeToken(Frame frame)
    {
        Span<byte> bytes = stackalloc byte[32];
        BinaryPrimitives.WriteInt32BigEndian(bytes, frame.Slot);
        BinaryPrimitives.WriteInt32BigEndian(bytes[4..], frame.Generation);
        var mixed = new SeededRandom(SeededRandom.Mix(start.Seed ^ ((ulong)(uint)frame.Slot << 32) ^ (uint)frame.Generation));
        for (var at = 8; at < bytes.Length; at += 8) BinaryPrimitives.WriteUInt64BigEndian(bytes[at..], mixed.Next());
        return JsonString.Create(Convert.ToBase64String(bytes));
    }
}
