using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

// Parallel and inline Map: frames that run side by side and are joined.
internal sealed partial class Execution
{
    /// <summary>Begins all branches of a Parallel.</summary>
    internal void StartBranches(Frame parent, ParallelNode state, JsonValue input)
    {
        var branches = state.Branches;
        var fan = new FanOut { Results = new JsonValue[branches.Length], Next = branches.Length };
        parent.FanOut = fan;
        parent.Phase = Phase.Joining;
        var variables = parent.Variables.Inner();
        for (var i = 0; i < branches.Length; i++)
        {
            var frame = Rent();
            frame.Parent = parent;
            frame.Index = i;
            frame.Begin(branches[i].Start, input, variables, parent.Last);
            fan.Add(frame);
            Enqueue(frame);
        }
    }

    /// <summary>Begins as many iterations of an inline Map as may run side by side; the others follow as these end.</summary>
    internal void StartIterations(Frame parent, JsonArray items, int concurrency)
    {
        var fan = new FanOut { Items = items, Results = new JsonValue[items.Count], Variables = parent.Variables.Inner() };
        parent.FanOut = fan;
        if (items.Count == 0)
        {
            parent.Phase = Phase.Joined;
            Enqueue(parent);
            return;
        }

        parent.Phase = Phase.Joining;
        var limit = Math.Min(concurrency == 0 ? int.MaxValue : concurrency, quotas.MaxInlineConcurrency);
        var first = Math.Min(limit, items.Count);
        for (var i = 0; i < first; i++)
        {
            var frame = Rent();
            frame.Parent = parent;
            fan.Add(frame);
            if (!StartIteration(parent, frame, parent.Last)) return;
            Enqueue(frame);
        }
    }

    bool StartIteration(Frame parent, Frame frame, int previous)
    {
        var map = (MapNode)parent.State;
        var fan = parent.FanOut!;
        var index = fan.Next++;
        var item = fan.Items[index];
        var input = item;
        if (map.ItemSelector is not null)
        {
            try
            {
                input = map.ItemSelector.Evaluate(Evaluation.ForItem(parent, parent.Effective, index, item));
            }
            catch (Exception problem) when (problem is EvaluationException or InsufficientExecutionStackException)
            {
                AbandonAll(parent);
                Fail(parent, ToFailure(parent, problem));
                return false;
            }
        }

        frame.Index = index;
        frame.Item = item;
        var started = Record(HistoryEventType.MapIterationStarted, previous, null, map, index);
        frame.Begin(map.Graph.Start, input, fan.Variables, started);
        return true;
    }

    void FinishChild(Frame frame, JsonValue output)
    {
        var parent = frame.Parent!;
        var fan = parent.FanOut!;
        fan.Results[frame.Index] = output;
        fan.Done++;
        if (parent.State.Kind == StateKind.Map)
        {
            var succeeded = Record(HistoryEventType.MapIterationSucceeded, frame.Last, null, parent.State, frame.Index);
            if (fan.Next < fan.Results.Length)
            {
                StartIteration(parent, frame, frame.Last);
                return;
            }

            parent.Last = succeeded;
        }
        else
        {
            parent.Last = frame.Last;
        }

        fan.Remove(frame);
        Return(frame);
        if (fan.Done == fan.Results.Length)
        {
            parent.Phase = Phase.Joined;
            Enqueue(parent);
        }
    }

    /// <summary>
    /// A branch or iteration failed for good: what runs beside it is given up, and the failure is the Parallel's or Map's. When the execution ends with it
    /// everything is kept as it is, for a redrive.
    /// </summary>
    Frame Abandon(Frame child, bool isKept)
    {
        var parent = child.Parent!;
        var last = child.Last;
        if (parent.State.Kind == StateKind.Map) Record(HistoryEventType.MapIterationFailed, last, null, parent.State, child.Index);
        else if (child.State.Kind == StateKind.Task) Record(HistoryEventType.TaskStateAborted, last, null, child.State);
        if (!isKept)
        {
            parent.FanOut!.Remove(child);
            Return(child);
        }

        AbandonAll(parent, isKept);
        parent.Last = last;
        return parent;
    }

    void AbandonAll(Frame parent, bool isKept = false)
    {
        var open = new Stack<(Frame Frame, bool Visited)>();
        for (var child = parent.FanOut?.First; child is not null; child = child.NextSibling) open.Push((child, false));
        if (!isKept) parent.FanOut = null;
        while (open.TryPop(out var top))
        {
            var (frame, visited) = top;
            // What failed is told of already, and so is what was given up with it.
            if (frame.Phase == Phase.Broken || frame.IsBroken) continue;
            if (!visited && frame.FanOut is { First: not null } inner)
            {
                open.Push((frame, true));
                for (var child = inner.First; child is not null; child = child.NextSibling) open.Push((child, false));
                continue;
            }

            Abort(frame, isKept);
        }

        parent.IsBroken = isKept;
    }

    void Abort(Frame frame, bool isKept)
    {
        if (frame.Phase is Phase.Task or Phase.Submitted) commands.Enqueue(new Command(CommandKind.CancelTask, frame, frame.Generation));
        if (frame.Phase == Phase.Joining && frame.MapRun is not null)
        {
            StopChildren(frame);
            frame.Last = Record(HistoryEventType.MapRunAborted, frame.Last, null, frame.State);
        }

        if (frame.Phase is not (Phase.Entering or Phase.Working or Phase.Free) && frame.State.AbortedType is { } aborted) frame.Last = Record(aborted, frame.Last, null, frame.State);
        if (frame.Parent is { State.Kind: StateKind.Map } map) Record(HistoryEventType.MapIterationAborted, frame.Last, null, map.State, frame.Index);
        if (!isKept)
        {
            Return(frame);
            return;
        }

        frame.Generation++;
        if (frame.FanOut is not null) frame.IsBroken = true;
        else if (frame.Phase != Phase.Entering) frame.Phase = Phase.Broken;
        if (frame.IsQueued) Unqueue(frame);
    }
}
