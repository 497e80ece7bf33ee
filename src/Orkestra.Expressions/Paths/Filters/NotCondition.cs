namespace Orkestra.Expressions.Paths.Filters;

/// <summary>A condition that does not hold.</summary>
internal sealed class NotCondition(FilterCondition condition) : FilterCondition
{
    internal override bool Test(in FilterScope scope) => !condition.Test(scope);
}
