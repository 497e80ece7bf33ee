namespace Orkestra.Expressions.Paths.Filters;

/// <summary>A path that selects something.</summary>
internal sealed class ExistsCondition(FilterQuery query) : FilterCondition
{
    internal override bool Test(in FilterScope scope) => query.Any(scope);
}
