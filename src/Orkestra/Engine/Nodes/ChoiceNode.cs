using Orkestra.Asl;
using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Nodes;

/// <summary>Choice (https://states-language.net/spec.html#choice-state).</summary>
internal sealed class ChoiceNode(string name) : StateNode(StateKind.Choice, name)
{
    internal ChoiceBranch[] Branches { get; set; } = [];

    /// <summary>Where to go when no rule matches; null when the document names no such state.</summary>
    internal StateNode? Default { get; set; }

    internal override void Enter(Execution execution, Frame frame)
    {
        var input = Flow.IsJsonata ? frame.Input : StateDataFlow.EffectiveInput(execution, frame);
        foreach (var branch in Branches)
        {
            if (!branch.Condition.IsMet(execution.Evaluation.For(frame, input))) continue;
            Leave(execution, frame, input, branch.Output ?? Flow.Output, branch.Assign, branch.Next);
            return;
        }

        if (Default is null)
        {
            // AWS documents States.NoChoiceMatched, but ends the execution with another error, which nothing catches.
            throw new EvaluationException(
                execution.Start.IsMeasured ? ErrorNames.Runtime : ErrorNames.NoChoiceMatched, "Failed to transition out of the state. The state does not point to a next state.");
        }

        Leave(execution, frame, input, Flow.Output, Flow.Assign, Default);
    }

    void Leave(Execution execution, Frame frame, JsonValue input, Template? output, AssignTemplate? assign, StateNode next)
    {
        if (Flow.IsJsonata)
        {
            execution.Complete(frame, null, output, assign, next);
            return;
        }

        execution.Complete(frame, input, null, assign, next);
    }
}
