namespace Orkestra.Expressions.Paths.Filters;

/// <summary>A path that selects something.</summary>
/// <param name="query">The path.</param>
/// <param name="countsNull">Whether a null is something; behind <c>!</c> it is not on Step Functions.</param>
internal sealed class ExistsCondition(FilterQuery query, bool countsNull = true) : FilterCondition
{
    internal FilterQuery Query => query;

    internal override bool Test(in FilterScope scope) => countsNull || !query.IsDefinite ? query.Any(scope) : query.Get(scope) is { IsNull: false };
}
