using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths;

/// <summary>The segments of a path behind its root.</summary>
internal sealed class PathQuery
{
    /// <summary>The selectors of a definite query, one a segment; null for an indefinite one.</summary>
    readonly PathSelector[]? chain;

    internal PathQuery(PathSegment[] segments)
    {
        Segments = segments;
        if (Array.TrueForAll(segments, segment => segment.IsDefinite)) chain = Array.ConvertAll(segments, segment => segment.Selectors[0]);
    }

    internal PathSegment[] Segments { get; }

    internal bool IsDefinite => chain is not null;

    /// <summary>The selectors of a definite query.</summary>
    internal ReadOnlySpan<PathSelector> Chain => chain;

    /// <summary>The one node of a definite query; null when there is none.</summary>
    internal JsonValue? Get(JsonValue node)
    {
        var value = node;
        foreach (var selector in chain!)
        {
            if (selector.Get(value) is not { } next) return null;
            value = next;
        }

        return value;
    }

    /// <summary>All nodes, in order.</summary>
    internal PathNodes Select(JsonValue node, PathWalk walk)
    {
        var kept = walk.Output;
        var current = new PathNodes();
        current.Values.Add(node);
        if (walk.WithLocations) current.Locations.Add(NodeLocation.Root);
        foreach (var segment in Segments)
        {
            walk.Output = new PathNodes();
            for (var i = 0; i < current.Values.Count; i++) segment.Apply(current.Values[i], walk.WithLocations ? current.Locations[i] : null, walk);
            current = walk.Output;
        }

        walk.Output = kept;
        return current;
    }
}
