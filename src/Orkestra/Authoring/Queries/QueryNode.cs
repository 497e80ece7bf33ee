using System.Linq.Expressions;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Queries;

/// <summary>A query, <c>from a in A from b in B.With(f(a)) let c = g(b) select h(a, b, c)</c>: flows whose outputs are kept as variables.</summary>
/// <param name="before">The flow that the last clause was composed on.</param>
/// <param name="query">What the query says.</param>
internal sealed class QueryNode(FlowNode before, Unread<QueryContent> query) : FlowNode
{
    public QueryContent Content => query.Value;

    public FlowNode Start => Content.Start;

    public ParameterExpression Variable => Content.Variable;

    public IReadOnlyList<QueryClause> Clauses => Content.Clauses;

    public Expression Result => Content.Result;

    public override string Label => Start.Label;

    public override IEnumerable<FlowNode> Parts => [Start, .. Clauses.Select(clause => clause.Flow).OfType<FlowNode>()];

    public override IEnumerable<FlowNode> KnownParts => query.IsRead ? Parts : [before];

    public override bool IsPartial => !query.IsRead;

    public override string ToString() => $"from {Variable.Name} in {Start} {string.Join(' ', Clauses)}";
}

/// <summary>What a query says.</summary>
/// <param name="Start">The flow of the first <c>from</c>.</param>
/// <param name="Variable">Its variable.</param>
/// <param name="Clauses">What follows it.</param>
/// <param name="Result">What the query gives, over the variables.</param>
internal sealed record QueryContent(FlowNode Start, ParameterExpression Variable, IReadOnlyList<QueryClause> Clauses, Expression Result);

/// <summary>A clause of a query: <c>from b in B.With(x)</c>, or <c>let b = x</c> when there is no flow.</summary>
/// <param name="Variable">The variable it brings.</param>
/// <param name="Flow">The flow whose output the variable is; null for <c>let</c>.</param>
/// <param name="Value">The flow's input, or the variable's value; null for a flow that is given nothing.</param>
internal sealed record QueryClause(ParameterExpression Variable, FlowNode? Flow, Expression? Value)
{
    public override string ToString() => Flow is null ? $"let {Variable.Name} = {Value}" : $"from {Variable.Name} in {Flow}";
}
