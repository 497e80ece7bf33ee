using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Branching;

/// <summary>A switch before its first case: <c>.Switch()</c>. Its cases are conditions or derived types; the first case decides which.</summary>
/// <typeparam name="TIn">The payload of the flow before.</typeparam>
/// <typeparam name="TOut">What is looked at: the output of the flow before.</typeparam>
public sealed class SwitchStart<TIn, TOut>
{
    internal SwitchStart(FlowNode before, SwitchFlowNode node) => (Before, Node) = (before, node);

    internal FlowNode Before { get; }

    internal SwitchFlowNode Node { get; }
}
