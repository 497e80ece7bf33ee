namespace Orkestra.Authoring.Nodes;

/// <summary>An end with the payload as the output: a Succeed state.</summary>
internal sealed class SucceedFlowNode : FlowNode
{
    public static readonly SucceedFlowNode Instance = new();

    public override string Label => "Succeed";

    public override string ToString() => "Succeed";
}
