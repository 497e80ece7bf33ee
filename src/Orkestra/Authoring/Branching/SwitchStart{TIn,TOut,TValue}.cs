using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Branching;

/// <summary>A switch over a value before its first case: <c>.Switch(order => order.Status)</c>.</summary>
/// <typeparam name="TIn">The payload of the flow before.</typeparam>
/// <typeparam name="TOut">The output of the flow before.</typeparam>
/// <typeparam name="TValue">The value that is compared.</typeparam>
public sealed class SwitchStart<TIn, TOut, TValue>
{
    internal SwitchStart(FlowNode before, SwitchFlowNode node) => (Before, Node) = (before, node);

    internal FlowNode Before { get; }

    internal SwitchFlowNode Node { get; }
}
