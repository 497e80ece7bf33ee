using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Branching;

/// <summary>
/// What the elements of a list of branches convert to when the payload is a value type: flows over that type, and flows over <c>object?</c>, which accept anything.
/// (Over reference types <see cref="IFlowFrom{TIn}"/> does that by itself.)
/// </summary>
/// <typeparam name="TIn">The payload.</typeparam>
public sealed class Branch<TIn> : IFlowFrom<TIn>
{
    readonly FlowNode node;

    Branch(FlowNode node) => this.node = node;

    FlowNode IFlow.Node => node;

    /// <summary>A branch over exactly this payload.</summary>
    public static implicit operator Branch<TIn>(FlowFrom<TIn> flow) => From(flow);

    /// <summary>A branch that accepts anything.</summary>
    public static implicit operator Branch<TIn>(FlowFrom<object?> flow) => From(flow);

    static Branch<TIn> From(IFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return new Branch<TIn>(flow.Node);
    }
}
