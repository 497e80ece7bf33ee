using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Branching;

/// <summary>
/// A switch over a value with at least one case. It is a flow: a switch that covers every value of an enum or a boolean is complete. Any other one ends with <c>.Default(…)</c>; without it the
/// workflow isn't compiled.
/// </summary>
/// <typeparam name="TIn">The payload of the flow before.</typeparam>
/// <typeparam name="TOut">What each case takes.</typeparam>
/// <typeparam name="TValue">The value that is compared.</typeparam>
/// <typeparam name="TResult">What each case gives.</typeparam>
public sealed class ValueSwitch<TIn, TOut, TValue, TResult> : Flow<TIn, TResult>
{
    internal ValueSwitch(FlowNode before, SwitchFlowNode node)
        : base(new SequenceFlowNode(before, node)) => (Before, Switch) = (before, node);

    internal FlowNode Before { get; }

    internal SwitchFlowNode Switch { get; }
}
