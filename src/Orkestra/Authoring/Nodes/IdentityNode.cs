namespace Orkestra.Authoring.Nodes;

/// <summary>Nothing to do: where a flow begins with its input. No state.</summary>
internal sealed class IdentityNode : FlowNode
{
    public static readonly IdentityNode Instance = new();

    public override string Label => "Input";
}
