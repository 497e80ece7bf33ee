using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Branching;

/// <summary>The base of all flows. It exists because only classes can be converted: a list that mixes flows with other things has elements they convert to.</summary>
public abstract class AnyFlow : IFlow
{
    private protected AnyFlow()
    {
    }

    FlowNode IFlow.Node => Node;

    private protected abstract FlowNode Node { get; }
}
