namespace Orkestra.Engine.Nodes;

/// <summary>What a distributed Map has beyond an inline one.</summary>
internal sealed class DistributedMap
{
}
