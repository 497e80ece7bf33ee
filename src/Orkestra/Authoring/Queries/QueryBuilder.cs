using System.Linq.Expressions;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Queries;

/// <summary>
/// Takes apart what the compiler makes of a query: calls of SelectMany and Select over rows, anonymous types that carry the variables so far. A row's parameter
/// has a name no source can have (<c>&lt;&gt;h__TransparentIdentifier0</c>), and what made the row is the call before.
/// </summary>
internal static class QueryBuilder
{
    /// <summary><c>from … in flow</c>, and one more <c>from</c>.</summary>
    public static QueryNode From(FlowNode flow, LambdaExpression next, LambdaExpression selector) => new(flow, new(() =>
    {
        var query = Open(flow, next.Parameters[0]);
        var reading = FlowReader.Read(Over(query, next));
        var variable = selector.Parameters[1];
        var clause = new QueryClause(variable, reading.Flow, reading.Input);
        return new QueryContent(query.Start, query.Variable, [.. query.Clauses, clause], Over(query, selector));
    }));

    /// <summary><c>let</c> or <c>select</c> over a row; null when the parameter is no row, so that it is an ordinary Select.</summary>
    public static QueryNode? Select(FlowNode flow, LambdaExpression selector)
    {
        if (!IsRow(selector.Parameters[0])) return null;
        return new QueryNode(flow, new(() =>
        {
            var query = Open(flow, selector.Parameters[0]);
            return new QueryContent(query.Start, query.Variable, query.Clauses, Over(query, selector));
        }));
    }

    // The query so far with its computed values made variables, so that each is computed once.
    static QueryContent Open(FlowNode flow, ParameterExpression parameter)
    {
        if (!IsRow(parameter)) return new QueryContent(flow, parameter, [], parameter);
        var query = flow is QueryNode node ? node.Content : OfLet(flow);
        var clauses = query.Clauses.ToList();
        return new QueryContent(query.Start, query.Variable, clauses, Hoist(query.Result, clauses));
    }

    // The first `let` is an ordinary Select until the next clause tells that it made a row.
    static QueryContent OfLet(FlowNode flow) => flow is SequenceFlowNode { Second: SelectFlowNode { Selector: var selector }, First: var first }
        ? new QueryContent(first, selector.Parameters[0], [], selector.Body)
        : throw new InvalidOperationException("A row of a query has to come from a query.");

    static Expression Hoist(Expression value, List<QueryClause> clauses)
    {
        if (value is not NewExpression { Members: { } members } row) return value;
        var arguments = row.Arguments.Select((argument, at) =>
        {
            if (argument is ParameterExpression || IsRowName(members[at].Name)) return Hoist(argument, clauses);
            var variable = Expression.Parameter(argument.Type, members[at].Name);
            clauses.Add(new QueryClause(variable, null, argument));
            return variable;
        });
        return row.Update(arguments);
    }

    // The body with the row in place of its first parameter.
    static Expression Over(QueryContent query, LambdaExpression lambda) => new RowReplacer(lambda.Parameters[0], query.Result).Visit(lambda.Body);

    static bool IsRow(ParameterExpression parameter) => parameter.Name is { } name && IsRowName(name);

    static bool IsRowName(string name) => name.StartsWith('<');
}

/// <summary>Puts an expression in place of a parameter; a member of a row under construction becomes what the row was given for it.</summary>
internal sealed class RowReplacer(ParameterExpression parameter, Expression value) : ExpressionVisitor
{
    protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? value : node;

    protected override Expression VisitMember(MemberExpression node)
    {
        var owner = Visit(node.Expression);
        if (owner is NewExpression { Members: { } members } row && owner != node.Expression)
        {
            for (var i = 0; i < members.Count; i++)
            {
                if (members[i].Name == node.Member.Name) return row.Arguments[i];
            }
        }

        return node.Update(owner);
    }
}
