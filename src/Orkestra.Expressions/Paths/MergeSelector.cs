using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths;

/// <summary>Step Functions: several names at the end of a path give one object of those members that are there.</summary>
internal sealed class MergeSelector(string[] names) : PathSelector
{
    internal override bool IsDefinite => true;

    internal override JsonValue? Get(JsonValue node)
    {
        if (node is not JsonObject members) return null;
        var merged = new JsonObject.Builder(names.Length);
        foreach (var name in names)
        {
            if (members.TryGetValue(name, out var value)) merged.Set(name, value);
        }

        return merged.Build();
    }

    internal override void Select(JsonValue node, NodeLocation? location, PathWalk walk)
    {
        if (Get(node) is { } value) walk.Add(value, location, string.Join(',', names));
    }

    internal override void Write(StringBuilder output) => output.Append('[').AppendJoin(',', names.Select(name => $"'{name}'")).Append(']');
}
