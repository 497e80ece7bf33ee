namespace Orkestra.Engine.Nodes;

/// <summary>States that refer to each other: a machine, a branch or an item processor.</summary>
internal sealed class GraphNode
{
    /// <summary>The first state; set once when the graph is compiled.</summary>
    internal StateNode Start { get; set; } = null!;
}
