namespace Orkestra.Expressions.Paths.Filters;

/// <summary>All of some conditions.</summary>
internal sealed class AndCondition(FilterCondition[] conditions) : FilterCondition
{
    internal override bool Test(in FilterScope scope)
    {
        foreach (var condition in conditions)
        {
            if (!condition.Test(scope)) return false;
        }

        return true;
    }
}
