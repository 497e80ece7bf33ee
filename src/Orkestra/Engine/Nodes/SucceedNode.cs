namespace Orkestra.Engine.Nodes;

/// <summary>Succeed (https://states-language.net/spec.html#succeed-state).</summary>
internal sealed class SucceedNode(string name) : StateNode(StateKind.Succeed, name)
{
    internal override void Enter(Execution execution, Frame frame)
    {
        if (Flow.IsJsonata) execution.SucceedJsonata(frame, null);
        else execution.Succeed(frame, execution.EffectiveInput(frame));
    }
}
