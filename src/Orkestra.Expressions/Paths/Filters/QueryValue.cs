using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths.Filters;

/// <summary>The value a path selects: of a definite one its node or Nothing, of an indefinite one (Step Functions only) the array of its nodes.</summary>
/// <param name="query">The path.</param>
/// <param name="scalars">Whether <c>@</c> alone stands for a scalar; on Step Functions it only ever stands for an object or array.</param>
internal sealed class QueryValue(FilterQuery query, bool scalars) : FilterValue
{
    internal FilterQuery Query => query;

    internal override JsonValue? Evaluate(in FilterScope scope)
    {
        if (!query.IsDefinite) return JsonArray.Create(query.Nodes(scope));
        if (!scalars && query.IsCurrent && scope.Current is not (JsonObject or JsonArray)) return null;
        return query.Get(scope);
    }
}
