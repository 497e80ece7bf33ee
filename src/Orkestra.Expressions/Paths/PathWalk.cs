using Orkestra.Expressions.Data;
using Orkestra.Expressions.Patterns;

namespace Orkestra.Expressions.Paths;

/// <summary>One evaluation of a path that may give several nodes: the root, the nodes of the current segment, and how many were visited.</summary>
internal sealed class PathWalk(JsonValue root, int maxVisits, bool withLocations, PathWalk? outer = null) : IWorkMeter
{
    const int LargestScratch = 64 << 20;

    int visits;
    PathWalk? inner;

    /// <summary>The value absolute paths in filters start from.</summary>
    internal JsonValue Root { get; } = root;

    internal bool WithLocations { get; } = withLocations;

    /// <summary>The selected nodes, with a place for each when places are asked for.</summary>
    internal PathNodes Output { get; set; } = new();

    /// <summary>How many nodes were visited.</summary>
    internal int Visits => visits;

    /// <summary>Counts a node.</summary>
    /// <exception cref="JsonPathLimitException">There were too many.</exception>
    internal void Visit(int count = 1)
    {
        if (outer is not null)
        {
            outer.Visit(count);
            return;
        }

        visits += count;
        if (visits < 0 || visits > maxVisits) throw new JsonPathLimitException($"The path visits more than {maxVisits} nodes.");
    }

    /// <summary>Counts the steps of a regular expression; a node is worth several.</summary>
    public void Step(int count) => Visit(1 + (count >> 2));

    public void CheckScratch(long bytes)
    {
        if (bytes > LargestScratch) throw new JsonPathLimitException("A regular expression of the path needs too much memory.");
    }

    /// <summary>A walk for a path inside a filter: it counts into this one and keeps no places.</summary>
    internal PathWalk WithoutLocations() => WithLocations ? inner ??= new PathWalk(Root, maxVisits, withLocations: false, this) : this;

    internal void Add(JsonValue value, NodeLocation? parent, string name)
    {
        Visit();
        Output.Values.Add(value);
        if (WithLocations && parent is not null) Output.Locations.Add(parent.Child(name));
    }

    internal void Add(JsonValue value, NodeLocation? parent, int index)
    {
        Visit();
        Output.Values.Add(value);
        if (WithLocations && parent is not null) Output.Locations.Add(parent.Child(index));
    }

    /// <summary>Adds the node itself, as a filter of Jayway does with an object.</summary>
    internal void AddSelf(JsonValue value, NodeLocation? location)
    {
        Visit();
        Output.Values.Add(value);
        if (WithLocations && location is not null) Output.Locations.Add(location);
    }
}
