using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths;

/// <summary>The member of an object with a name.</summary>
internal sealed class FieldSelector(string name) : PathSelector
{
    // Objects that come one after the other mostly share a shape. A site that sees many shapes stops remembering them.
    const int MaxMisses = 32;

    Known? known;
    Grown? grown;
    int misses;

    internal string Name { get; } = name;

    internal override bool IsDefinite => true;

    internal override JsonValue? Get(JsonValue node)
    {
        if (node is not JsonObject members) return null;
        var shape = members.Shape;
        var at = IndexIn(shape);
        return at < 0 ? null : members.Values[at];
    }

    /// <summary>The object with this member set. Objects that had one shape have one shape again.</summary>
    internal JsonObject Set(JsonObject members, JsonValue value)
    {
        var shape = members.Shape;
        var at = IndexIn(shape);
        return at < 0 ? members.WithAdded(Grow(shape), value) : members.WithValueAt(at, value);
    }

    internal override void Select(JsonValue node, NodeLocation? location, PathWalk walk)
    {
        if (Get(node) is { } value) walk.Add(value, location, Name);
    }

    internal override void Write(StringBuilder output) => NodeLocation.AppendName(output, Name);

    int IndexIn(JsonShape shape)
    {
        var last = known;
        return last is not null && ReferenceEquals(last.Shape, shape) ? last.Index : Find(shape);
    }

    int Find(JsonShape shape)
    {
        var at = shape.IndexOf(Name);
        if (misses < MaxMisses)
        {
            misses++;
            known = new Known(shape, at);
        }

        return at;
    }

    JsonShape Grow(JsonShape shape)
    {
        var last = grown;
        if (last is not null && ReferenceEquals(last.From, shape)) return last.To;
        var larger = shape.Add(Name);
        grown = new Grown(shape, larger);
        return larger;
    }

    sealed class Grown(JsonShape from, JsonShape to)
    {
        internal readonly JsonShape From = from;
        internal readonly JsonShape To = to;
    }

    sealed class Known(JsonShape shape, int index)
    {
        internal readonly JsonShape Shape = shape;
        internal readonly int Index = index;
    }
}
