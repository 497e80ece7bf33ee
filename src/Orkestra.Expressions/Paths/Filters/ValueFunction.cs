using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths.Filters;

/// <summary><c>value()</c> of RFC 9535 section 2.4.8: the value of the only node a path selects; Nothing when there are none or several.</summary>
internal sealed class ValueFunction(FilterQuery query) : FilterValue
{
    internal override JsonValue? Evaluate(in FilterScope scope) => query.Nodes(scope) is [var only] ? only : null;
}
