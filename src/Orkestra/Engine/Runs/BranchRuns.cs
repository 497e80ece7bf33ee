using Orkestra.Engine.Nodes;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Runs;

/// <summary>Parallel and inline Map: frames that run side by side, are joined, or are abandoned when one of them fails.</summary>
internal sealed class BranchRuns(Execution execution)
{
    /// <summary>Begins all branches of a Parallel.</summary>
    internal void StartBranches(Frame parent, ParallelNode state, JsonValue input)
    {
        var branches = state.Branches;
        var fan = new FanOut { Results = new JsonValue[branches.Length], Next = branches.Length };
        parent.FanOut = fan;
        parent.Phase = FramePhase.Joining;
        var variables = parent.Variables.Inner();
        for (var i = 0; i < branches.Length; i++)
        {
            var frame = execution.Frames.Rent();
            frame.Parent = parent;
            frame.Index = i;
            frame.Begin(branches[i].Start, input, variables, parent.Last);
            fan.Add(frame);
            execution.Ready.Add(frame);
        }
    }

    /// <summary>Begins as many iterations of an inline Map as may run side by side; the others follow as these end.</summary>
    internal void StartIterations(Frame parent, JsonArray items, int concurrency)
    {
        var fan = new FanOut { Items = items, Results = new JsonValue[items.Count], Variables = parent.Variables.Inner() };
        parent.FanOut = fan;
        if (items.Count == 0)
        {
            parent.Phase = FramePhase.ResumeReady;
            execution.Ready.Add(parent);
            return;
        }

        parent.Phase = FramePhase.Joining;
        var limit = Math.Min(concurrency == 0 ? int.MaxValue : concurrency, execution.Quotas.MaxInlineConcurrency);
        var first = Math.Min(limit, items.Count);
        for (var i = 0; i < first; i++)
        {
            var frame = execution.Frames.Rent();
            frame.Parent = parent;
            fan.Add(frame);
            if (!StartIteration(parent, frame, parent.Last)) return;
            execution.Ready.Add(frame);
        }
    }

    /// <summary>The graph of a branch or iteration ended.</summary>
    internal void Join(Frame frame, JsonValue output)
    {
        var parent = frame.Parent!;
        var fan = parent.FanOut!;
        fan.Results[frame.Index] = output;
        fan.Done++;
        if (parent.State.Kind == StateKind.Map)
        {
            var succeeded = execution.Record(HistoryEventType.MapIterationSucceeded, frame.Last, null, parent.State, frame.Index);
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
            parent.Phase = FramePhase.ResumeReady;
            execution.Ready.Add(parent);
        }
    }

    /// <summary>
    /// A branch or iteration failed for good: what runs beside it is aborted, and the failure is the Parallel's or Map's. When the execution ends with it everything is
    /// kept as it is, for a redrive.
    /// </summary>
    /// <param name="child">The frame that failed.</param>
    /// <param name="isSilent">Whether the history tells nothing of it, as of errors that nothing can catch.</param>
    /// <param name="isKept">Whether everything is kept as it is.</param>
    /// <returns>The frame of the Parallel or Map.</returns>
    internal Frame Abandon(Frame child, bool isSilent, bool isKept)
    {
        var parent = child.Parent!;
        var last = child.Last;
        var index = child.Index;
        var failsIteration = !isSilent && parent.State.Kind == StateKind.Map;
        if (failsIteration && !execution.Start.IsMeasured) execution.Record(HistoryEventType.MapIterationFailed, last, null, parent.State, index);
        else if (!isSilent && parent.State.Kind == StateKind.Parallel && child.State.Kind == StateKind.Task) execution.Record(HistoryEventType.TaskStateAborted, last, null, child.State);
        if (!isKept)
        {
            parent.FanOut!.Remove(child);
            Return(child);
        }

        AbandonAll(parent, last, isSilent, isKept);
        if (failsIteration && execution.Start.IsMeasured) execution.Record(HistoryEventType.MapIterationFailed, last, null, parent.State, index);
        parent.Last = last;
        return parent;
    }

    bool StartIteration(Frame parent, Frame frame, int previous)
    {
        var map = (MapNode)parent.State;
        var fan = parent.FanOut!;
        var index = fan.Next++;
        var item = fan.Items[index];
        JsonValue input;
        try
        {
            input = map.ItemSelector is { } selector ? selector.Evaluate(execution.Evaluation.ForItem(parent, parent.Effective, index, item, ItemOrigin.OfState)) : item;
        }
#pragma warning disable CA1031 // Whatever an evaluation throws is the failure of its state.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            var failure = execution.Errors.FailureOf(parent, problem);
            AbandonAll(parent, parent.Last, failure.IsTerminal && execution.Start.IsMeasured);
            execution.Fail(parent, failure);
            return false;
        }

        frame.Index = index;
        frame.Item = item;
        var started = execution.Record(HistoryEventType.MapIterationStarted, previous, null, map, index);
        execution.ForgetVariables(frame);
        frame.Begin(map.Graph.Start, input, fan.Variables, started);
        return true;
    }

    /// <summary>Aborts what runs in a Parallel or Map. AWS records the aborts from the outside in, each as following the event that failed.</summary>
    void AbandonAll(Frame parent, int last, bool isSilent, bool isKept = false)
    {
        var open = new Stack<(Frame Frame, bool Visited)>();
        for (var child = parent.FanOut?.First; child is not null; child = child.NextSibling) open.Push((child, false));
        if (!isKept) parent.FanOut = null;
        while (open.TryPop(out var top))
        {
            var (frame, visited) = top;
            // What failed has been recorded, and so has what was aborted with it.
            if (frame.Phase == FramePhase.FailedRetained || frame.HasRetainedBranches) continue;
            if (visited == !execution.Start.IsMeasured) Stop(frame, execution.Start.IsMeasured ? last : frame.Last, isSilent);
            if (visited)
            {
                Leave(frame, isKept);
                continue;
            }

            open.Push((frame, true));
            for (var child = frame.FanOut?.First; child is not null; child = child.NextSibling) open.Push((child, false));
        }

        parent.HasRetainedBranches = isKept;
    }

    void Stop(Frame frame, int last, bool isSilent)
    {
        if (frame.Phase is FramePhase.AwaitingTask or FramePhase.AwaitingCallback) execution.Commands.Cancel(frame);
        var hasMapRun = frame.Phase == FramePhase.Joining && frame.MapRun is not null;
        if (hasMapRun) execution.MapRuns.StopChildren(frame);
        if (isSilent) return;
        if (execution.Start.IsMeasured) StopIteration(frame, last);
        if (hasMapRun) frame.Last = execution.Record(HistoryEventType.MapRunAborted, last, null, frame.State);
        if (frame.Phase is not (FramePhase.EntryReady or FramePhase.Working or FramePhase.Free) && frame.State.AbortedType is { } aborted)
            frame.Last = execution.Record(aborted, execution.Start.IsMeasured ? last : frame.Last, null, frame.State);
        if (!execution.Start.IsMeasured) StopIteration(frame, frame.Last);
    }

    void StopIteration(Frame frame, int previous)
    {
        if (frame.Parent is { State.Kind: StateKind.Map } map) execution.Record(HistoryEventType.MapIterationAborted, previous, null, map.State, frame.Index);
    }

    void Leave(Frame frame, bool isKept)
    {
        if (!isKept)
        {
            Return(frame);
            return;
        }

        frame.Generation++;
        if (frame.FanOut is not null) frame.HasRetainedBranches = true;
        else if (frame.Phase != FramePhase.EntryReady) frame.Phase = FramePhase.FailedRetained;
        execution.Ready.Remove(frame);
    }

    void Return(Frame frame)
    {
        execution.Ready.Remove(frame);
        execution.ForgetVariables(frame);
        execution.Frames.Return(frame);
    }
}
