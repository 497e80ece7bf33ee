using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring;

/// <summary>Anything that can be composed. Only Orkestra's own types can be: a flow is made of steps.</summary>
public interface IFlow
{
    /// <summary>A short name for people, from which names of states are made: that of a step, or of what the flow begins with.</summary>
    string Label => Node.Label;

    internal FlowNode Node { get; }
}
