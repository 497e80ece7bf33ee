using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Runs;

namespace Orkestra.Engine.Nodes;

/// <summary>Succeed (https://states-language.net/spec.html#succeed-state).</summary>
internal sealed class SucceedNode(string name) : StateNode(StateKind.Succeed, name)
{
    internal override void Enter(Execution execution, Frame frame)
    {
        if (Flow.IsJsonata) execution.Complete(frame, null);
        else execution.Complete(frame, StateDataFlow.EffectiveInput(execution, frame));
    }
}
