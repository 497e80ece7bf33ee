using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Nodes;

/// <summary>Parallel (https://states-language.net/spec.html#parallel-state).</summary>
internal sealed class ParallelNode(string name) : FallibleNode(StateKind.Parallel, name)
{
    internal GraphNode[] Branches { get; set; } = [];

    /// <summary>Parameters or Arguments: what each branch gets; null for the effective input.</summary>
    internal Template? Arguments { get; init; }

    internal override void Enter(Execution execution, Frame frame)
    {
        var input = BranchInput(execution, frame);
        frame.Last = execution.Record(HistoryEventType.ParallelStateStarted, frame.Last, null, this);
        execution.Branches.StartBranches(frame, this, input);
    }

    /// <summary>What each branch gets.</summary>
    internal JsonValue BranchInput(Execution execution, Frame frame)
    {
        var input = Flow.IsJsonata ? frame.Input : StateDataFlow.EffectiveInput(execution, frame);
        return Arguments is null ? input : Arguments.Evaluate(execution.Evaluation.For(frame, input));
    }

    internal override void Resume(Execution execution, Frame frame)
    {
        var result = JsonArray.Wrap(frame.FanOut!.Results);
        frame.FanOut = null;
        CompleteAfter(execution.Record(HistoryEventType.ParallelStateSucceeded, frame.Last, null, this), execution, frame, result);
    }
}
