namespace Orkestra.Expressions.Paths.Filters;

/// <summary>Any of some conditions.</summary>
internal sealed class OrNode(FilterNode[] conditions) : FilterNode
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
