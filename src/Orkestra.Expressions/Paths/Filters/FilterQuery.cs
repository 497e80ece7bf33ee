using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths.Filters;

/// <summary>A path inside a filter, from the tested node <c>@</c> or from the root <c>$</c>.</summary>
internal sealed class FilterQuery(PathQuery query, bool relative)
{
    internal bool IsDefinite => query.IsDefinite;

    /// <summary>Whether this is <c>@</c> alone.</summary>
    internal bool IsCurrent => relative && query.Segments.Length == 0;

    internal JsonValue? Get(in FilterScope scope)
    {
        scope.Walk.Visit();
        return query.Get(Start(scope));
    }

    internal List<JsonValue> Nodes(in FilterScope scope)
    {
        // Places of nodes inside a filter are never asked for, so its walk counts into the outer one and keeps none.
        var outer = scope.Walk;
        outer.Visit();
        return query.IsDefinite ? query.Get(Start(scope)) is { } value ? [value] : [] : query.Select(Start(scope), outer.WithoutLocations()).Values;
    }

    internal bool Any(in FilterScope scope) => query.IsDefinite ? Get(scope) is not null : Nodes(scope).Count > 0;

    JsonValue Start(in FilterScope scope) => relative ? scope.Current : scope.Walk.Root;
}
