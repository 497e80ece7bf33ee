namespace Orkestra.Authoring.Nodes;

/// <summary>A flow for each element of an array: a Map state.</summary>
internal sealed class MapNode(FlowNode body, int maxConcurrency, DistributedMap? distributed) : FlowNode
{
    public FlowNode Body { get; } = body;

    public int MaxConcurrency { get; } = maxConcurrency;

    public DistributedMap? Distributed { get; } = distributed;

    public override string Label => $"Map {Body.Label}";

    public override IEnumerable<FlowNode> Parts => [Body];

    public override string ToString() => $"{Parenthesised.Text(Body)}.Map()";
}
