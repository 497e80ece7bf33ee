using System.Runtime.CompilerServices;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths;

/// <summary>A child segment, or a descendant segment <c>..</c>, with one or more selectors (RFC 9535 section 2.5).</summary>
internal sealed class PathSegment(PathSelector[] selectors, bool descendant)
{
    internal IReadOnlyList<PathSelector> Selectors => selectors;

    internal bool IsDescendant => descendant;

    internal bool IsDefinite => !descendant && selectors.Length == 1 && selectors[0].IsDefinite;

    internal void Apply(JsonValue node, NodeLocation? location, PathWalk walk)
    {
        if (descendant) Descend(node, location, walk);
        else Select(node, location, walk);
    }

    void Select(JsonValue node, NodeLocation? location, PathWalk walk)
    {
        foreach (var selector in selectors) selector.Select(node, location, walk);
    }

    void Descend(JsonValue node, NodeLocation? location, PathWalk walk)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        walk.Visit();
        Select(node, location, walk);
        if (node is JsonArray array)
        {
            for (var i = 0; i < array.Count; i++)
            {
                if (array.Span[i] is JsonArray or JsonObject) Descend(array.Span[i], location?.Child(i), walk);
            }
        }
        else if (node is JsonObject members)
        {
            for (var i = 0; i < members.Count; i++)
            {
                if (members.Values[i] is JsonArray or JsonObject) Descend(members.Values[i], location?.Child(members.Names[i]), walk);
            }
        }
    }
}
