using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths.Filters;

/// <summary><c>count()</c> of RFC 9535 section 2.4.5: how many nodes a path selects.</summary>
internal sealed class CountFunction(FilterQuery query) : FilterValue
{
    internal override JsonValue Evaluate(in FilterScope scope) => query.Nodes(scope).Count;
}
