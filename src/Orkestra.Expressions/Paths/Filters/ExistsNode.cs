namespace Orkestra.Expressions.Paths.Filters;

/// <summary>A path that selects something.</summary>
internal sealed class ExistsNode(FilterQuery query) : FilterNode
{
    internal override bool Test(in FilterScope scope) => query.Any(scope);
}
