using Orkestra.Engine.DataFlow;
using Orkestra.Engine.History;
using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

// The run queue: frames that can go on are taken one by one, so that no graph, however large or nested, needs a deep stack.
internal sealed partial class Execution
{
    void Run()
    {
        while (readyFirst is { } frame)
        {
            if (transitions >= Slice) return;
            readyFirst = frame.NextInList;
            if (readyFirst is null) readyLast = null;
            frame.NextInList = null;
            frame.IsQueued = false;
            try
            {
                Step(frame);
            }
            catch (Exception problem) when (problem is EvaluationException or InsufficientExecutionStackException)
            {
                Fail(frame, ToFailure(frame, problem));
            }
        }
    }

    void Step(Frame frame)
    {
        while (true)
        {
            var phase = frame.Phase;
            frame.Phase = Phase.Working;
            switch (phase)
            {
                case Phase.Entering:
                    var state = frame.State;
                    frame.Before = frame.Last;
                    frame.RetryCount = 0;
                    frame.RetrierCounts = null;
                    frame.EnteredAt = now;
                    frame.Entered = frame.Last = Record(state.EnteredType, frame.Last, frame.Input, state);
                    state.Enter(this, frame);
                    break;
                case Phase.Again:
                    frame.State.Enter(this, frame);
                    break;
                case Phase.Joined:
                    frame.State.Resume(this, frame);
                    break;
                default:
                    frame.Phase = phase;
                    return;
            }

            if (frame.Phase is not (Phase.Entering or Phase.Again)) return;
            if (++transitions >= Slice)
            {
                Enqueue(frame);
                return;
            }
        }
    }

    internal void Enqueue(Frame frame)
    {
        if (frame.IsQueued) return;
        frame.IsQueued = true;
        if (readyLast is null) readyFirst = frame;
        else readyLast.NextInList = frame;
        readyLast = frame;
    }

    /// <summary>Adds an event and returns its id.</summary>
    internal int Record(HistoryEventType type, int previous, object? value, object? subject, int number = 0)
    {
        // One event is kept free for the end.
        if (history.Count >= maxEvents - 1) throw new HistoryFullException();
        return history.Add(type, previous, value, subject, number);
    }

    /// <summary>Ends a frame's state with an output and goes on to the state that follows, or ends the frame.</summary>
    internal void Exit(Frame frame, JsonValue output, JsonObject? assigned, StateNode? next)
    {
        var state = frame.State;
        if (IsTooLarge(output) || assigned?.Depth > MaxDepth)
        {
            Fail(frame, Oversized(state.Name, terminal: true));
            return;
        }

        if (assigned is not null && assigned.Utf8Length > quotas.MaxPayloadBytes)
        {
            Fail(frame, new Failure(
                ErrorNames.DataLimitExceeded, $"The state '{state.Name}' assigned variables with a size exceeding the maximum number of bytes service limit.", terminal: true));
            return;
        }

        if (assigned is null)
        {
            frame.Last = Record(state.ExitedType, frame.Last, output, state);
        }
        else
        {
            frame.Variables = frame.Variables.With(assigned);
            frame.Last = Record(state.ExitedType, frame.Last, output, new ExitDetails(state, assigned));
        }

        if (next is not null)
        {
            frame.State = next;
            frame.Input = output;
            frame.Phase = Phase.Entering;
        }
        else
        {
            Finish(frame, output);
        }
    }

    bool IsTooLarge(JsonValue value) => value.Utf8Length > quotas.MaxPayloadBytes || value.Depth > MaxDepth;

    internal static Failure Oversized(string what, bool terminal) =>
        new(
            ErrorNames.DataLimitExceeded,
            $"The state/task '{what}' returned a result with a size exceeding the maximum number of bytes service limit.",
            terminal);

    /// <summary>The graph of a frame ended with an output.</summary>
    void Finish(Frame frame, JsonValue output)
    {
        if (frame.Parent is not null)
        {
            FinishChild(frame, output);
            return;
        }

        Output = output;
        End(ExecutionStatus.Succeeded, HistoryEventType.ExecutionSucceeded, frame.Last, output);
    }

    void End(ExecutionStatus status, HistoryEventType type, int previous, object? value)
    {
        history.Add(type, previous, value, null);
        Status = status;
        StoppedAt = now;
        readyFirst = readyLast = null;
        timers?.Clear();
        if (frameCount > 1 || root.Phase is Phase.Task or Phase.Submitted or Phase.Joining) CancelAll();
        plan.Remember(history.Count);
    }

    void CancelAll()
    {
        for (var i = 0; i < frameCount; i++)
        {
            var frame = frames[i];
            if (frame.Phase is Phase.Task or Phase.Submitted) commands.Enqueue(new Command(CommandKind.CancelTask, frame, frame.Generation));
            else if (frame.Phase == Phase.Joining && frame.MapRun is not null) StopChildren(frame);
        }
    }

    void EndForFullHistory()
    {
        readyFirst = readyLast = null;
        Failure = new Failure(ErrorNames.Runtime, $"The execution reached the maximum number of history events ({maxEvents}).", terminal: true);
        End(ExecutionStatus.Failed, HistoryEventType.ExecutionFailed, history.Count, Failure);
    }

    internal Frame Rent()
    {
        if (freeFrames is { } free)
        {
            freeFrames = free.NextInList;
            free.NextInList = null;
            return free;
        }

        if (frameCount == frames.Length) Array.Resize(ref frames, frameCount * 2);
        var frame = new Frame(frameCount);
        frames[frameCount++] = frame;
        return frame;
    }

    internal void Return(Frame frame)
    {
        frame.IsBroken = false;
        frame.Generation++;
        frame.Phase = Phase.Free;
        frame.Parent = null;
        frame.Item = null;
        frame.FanOut = null;
        frame.MapRun = null;
        frame.Token = null;
        frame.Limits = null;
        frame.Variables = VariableScope.Empty;
        frame.Input = frame.Effective = frame.Parameters = JsonValue.Null;
        if (frame.IsQueued) Unqueue(frame);
        frame.NextInList = freeFrames;
        freeFrames = frame;
    }

    // Rare: only a frame that is given up while it waits in the queue.
    void Unqueue(Frame frame)
    {
        Frame? before = null;
        for (var at = readyFirst; at is not null; before = at, at = at.NextInList)
        {
            if (!ReferenceEquals(at, frame)) continue;
            if (before is null) readyFirst = at.NextInList;
            else before.NextInList = at.NextInList;
            if (ReferenceEquals(readyLast, at)) readyLast = before;
            break;
        }

        frame.IsQueued = false;
        frame.NextInList = null;
    }
}
