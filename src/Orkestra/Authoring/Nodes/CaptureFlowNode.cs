namespace Orkestra.Authoring.Nodes;

/// <summary>A flow whose errors become outcomes.</summary>
internal sealed class CaptureFlowNode(FlowNode body) : FlowNode
{
    public FlowNode Body { get; } = body;

    public override string Label => Body.Label;

    public override IEnumerable<FlowNode> Parts => [Body];

    public override string ToString() => $"{Parenthesised(Body)}.Capture()";
}
