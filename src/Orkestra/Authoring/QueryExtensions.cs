using System.Linq.Expressions;
using Orkestra.Authoring.Queries;

namespace Orkestra.Authoring;

/// <summary>
/// Query syntax over flows, for work that needs the outputs of several earlier steps:
/// <code>
/// from item in GenerateItem
/// from price in FindPrice.With(item.Name)
/// select new { item.Name, price }
/// </code>
/// Outputs are kept as variables of the state machine.
/// </summary>
public static class QueryExtensions
{
    /// <summary>A further <c>from</c> of a query.</summary>
    /// <param name="flow">The query so far.</param>
    /// <param name="next">The flow that follows, its input given with <see cref="FlowOperations.With"/>.</param>
    /// <param name="selector">What the query gives.</param>
    public static Flow<TIn, TResult> SelectMany<TIn, TOut, TNext, TResult>(
        this Flow<TIn, TOut> flow, Expression<Func<TOut, Flow<Nothing, TNext>>> next, Expression<Func<TOut, TNext, TResult>> selector)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(selector);
        return new(QueryBuilder.From(FlowOperations.NodeOf(flow), next, selector));
    }
}
