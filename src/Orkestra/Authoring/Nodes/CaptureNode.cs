namespace Orkestra.Authoring.Nodes;

/// <summary>A flow whose errors become outcomes.</summary>
internal sealed class CaptureNode(FlowNode body) : FlowNode
{
    public FlowNode Body { get; } = body;

    public override string Label => Body.Label;

    public override IEnumerable<FlowNode> Parts => [Body];

    public override string ToString() => $"{Parenthesised.Text(Body)}.Capture()";
}
