namespace Orkestra.Authoring.Nodes;

/// <summary>A composed flow without its types. Nodes are immutable and shared by the flows that use them.</summary>
internal abstract class FlowNode
{
    /// <summary>A short name for people, from which the names of states are made.</summary>
    public abstract string Label { get; }

    /// <summary>The nodes this one is made of.</summary>
    public virtual IEnumerable<FlowNode> Parts => [];

    /// <summary>Those of <see cref="Parts"/> that are known without reading an expression.</summary>
    public virtual IEnumerable<FlowNode> KnownParts => Parts;

    /// <summary>Whether there may be others.</summary>
    public virtual bool IsPartial => false;

    public override string ToString() => Label;

    /// <summary>The text of a node that a method call can follow.</summary>
    protected static string Parenthesised(FlowNode node) => node is SequenceFlowNode ? $"({node})" : node.ToString()!;
}
