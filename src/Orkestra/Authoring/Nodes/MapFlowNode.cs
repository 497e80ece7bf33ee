namespace Orkestra.Authoring.Nodes;

/// <summary>A flow for each element of an array: a Map state.</summary>
internal sealed class MapFlowNode(FlowNode body, int maxConcurrency, DistributedMapOptions? distributed) : FlowNode
{
    public FlowNode Body { get; } = body;

    public int MaxConcurrency { get; } = maxConcurrency;

    public DistributedMapOptions? Distributed { get; } = distributed;

    /// <summary>Where the items come from; null for the input.</summary>
    public MapDataset? Dataset { get; init; }

    public override string Label => $"Map {Body.Label}";

    public override IEnumerable<FlowNode> Parts => [Body];

    public override string ToString() => $"{Parenthesised(Body)}.{(Dataset is null ? "Map" : "MapEach")}()";
}
