using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths;

/// <summary>Selected nodes; the list of places is as long as that of the values, or empty.</summary>
internal sealed class PathNodes
{
    internal List<JsonValue> Values { get; } = [];

    internal List<NodeLocation> Locations { get; } = [];
}
