namespace Orkestra.Authoring.Branching;

/// <summary>The base of all flows over a payload, whatever they give. It exists because only classes can be converted to <see cref="Branch{TIn}"/>.</summary>
/// <typeparam name="TIn">The payload it takes.</typeparam>
public abstract class FlowFrom<TIn> : AnyFlow, IFlowFrom<TIn>
{
    private protected FlowFrom()
    {
    }
}
