namespace Orkestra.Asl.Maps;

/// <summary>What a <see cref="MapState"/> does with each item: <c>ItemProcessor</c>, or the older <c>Iterator</c>.</summary>
public sealed record ItemProcessor : StateGraph
{
    /// <summary>Whether the iterations run in the execution itself or as child executions; inline when absent.</summary>
    public ProcessorConfig? ProcessorConfig { get; init; }
}
