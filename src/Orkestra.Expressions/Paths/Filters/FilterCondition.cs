namespace Orkestra.Expressions.Paths.Filters;

/// <summary>A condition of a filter (RFC 9535 section 2.3.5).</summary>
internal abstract class FilterCondition
{
    internal abstract bool Test(in FilterScope scope);
}
