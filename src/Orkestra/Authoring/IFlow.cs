using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring;

/// <summary>Anything that can be composed. Only Orkestra's own types can be: a flow is made of steps.</summary>
public interface IFlow
{
    internal FlowNode Node { get; }
}
