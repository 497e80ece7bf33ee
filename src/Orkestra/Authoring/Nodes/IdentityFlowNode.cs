namespace Orkestra.Authoring.Nodes;

/// <summary>Nothing to do: where a flow begins with its input. No state.</summary>
internal sealed class IdentityFlowNode : FlowNode
{
    public static readonly IdentityFlowNode Instance = new();

    public override string Label => "Input";
}
