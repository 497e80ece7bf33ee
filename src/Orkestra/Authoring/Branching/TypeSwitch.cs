using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Branching;

/// <summary>
/// A switch over derived types with at least one case. It is a flow: a switch that covers every type of the hierarchy is complete. Any other one ends with <c>.Default(…)</c>; without it the
/// workflow isn't compiled.
/// </summary>
/// <typeparam name="TIn">The payload of the flow before.</typeparam>
/// <typeparam name="TOut">The base of the hierarchy, with a <see cref="System.Text.Json.Serialization.JsonDerivedTypeAttribute"/> for each type.</typeparam>
/// <typeparam name="TResult">What each case gives.</typeparam>
public sealed class TypeSwitch<TIn, TOut, TResult> : Flow<TIn, TResult>
{
    internal TypeSwitch(FlowNode before, SwitchFlowNode node)
        : base(new SequenceFlowNode(before, node)) => (Before, Switch) = (before, node);

    internal FlowNode Before { get; }

    internal SwitchFlowNode Switch { get; }
}
