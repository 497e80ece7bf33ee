using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Nodes;

/// <summary>Pass (https://states-language.net/spec.html#pass-state).</summary>
internal sealed class PassNode(string name) : StateNode(StateKind.Pass, name)
{
    /// <summary>JSONPath: the literal result; null when absent.</summary>
    internal JsonValue? Result { get; init; }

    /// <summary>JSONPath: the payload template; null when absent.</summary>
    internal Template? Parameters { get; init; }

    internal override void Enter(Execution execution, Frame frame)
    {
        if (Flow.IsJsonata)
        {
            execution.Complete(frame, null);
            return;
        }

        var effective = StateDataFlow.EffectiveInput(execution, frame);
        var result = Result ?? effective;
        if (Parameters is not null && Result is null) result = Parameters.Evaluate(execution.Evaluation.For(frame, effective));
        execution.Observer?.Saw(Result is null ? DataFlowStage.Arguments : DataFlowStage.Result, result);
        execution.Complete(frame, result);
    }
}
