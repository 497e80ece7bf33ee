namespace Orkestra.Authoring.Nodes;

/// <summary>A flow after which another one runs, whether it succeeds or fails.</summary>
internal sealed class FinallyFlowNode(FlowNode body, FlowNode last) : FlowNode
{
    public FlowNode Body { get; } = body;

    /// <summary>What runs in any case, with the input of the body.</summary>
    public FlowNode Last { get; } = last;

    public override string Label => Body.Label;

    public override IEnumerable<FlowNode> Parts => [Body, Last];

    public override string ToString() => $"{Parenthesised(Body)}.Finally({Last})";
}
