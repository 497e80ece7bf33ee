namespace Orkestra.Expressions.Paths.Filters;

/// <summary>Any of some conditions.</summary>
internal sealed class OrCondition(FilterCondition[] conditions) : FilterCondition
{
    internal override bool Test(in FilterScope scope)
    {
        foreach (var condition in conditions)
        {
            if (condition.Test(scope)) return true;
        }

        return false;
    }
}
