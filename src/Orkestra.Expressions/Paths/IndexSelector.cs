using System.Globalization;
using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths;

/// <summary>The element of an array at an index; a negative one counts from the end.</summary>
internal sealed class IndexSelector(long index) : PathSelector
{
    internal long Index { get; } = index;

    internal override bool IsDefinite => true;

    internal override JsonValue? Get(JsonValue node) =>
        node is JsonArray array && Place(array.Count) is var at and >= 0 && at < array.Count ? array.Span[(int)at] : null;

    internal override void Select(JsonValue node, NodeLocation? location, PathWalk walk)
    {
        if (Get(node) is { } value) walk.Add(value, location, (int)Place(((JsonArray)node).Count));
    }

    internal override void Write(StringBuilder output) => output.Append('[').Append(Index.ToString(CultureInfo.InvariantCulture)).Append(']');

    long Place(int count) => Index < 0 ? count + Index : Index;
}
