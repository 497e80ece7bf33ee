using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Branching;

/// <summary>A switch over conditions with at least one case. It becomes a flow with <c>.Default(…)</c>, because conditions never cover everything for certain.</summary>
/// <typeparam name="TIn">The payload of the flow before.</typeparam>
/// <typeparam name="TOut">What each case takes.</typeparam>
/// <typeparam name="TResult">What each case gives.</typeparam>
public sealed class ConditionSwitch<TIn, TOut, TResult>
{
    internal ConditionSwitch(FlowNode before, SwitchFlowNode node) => (Before, Switch) = (before, node);

    internal FlowNode Before { get; }

    internal SwitchFlowNode Switch { get; }
}
