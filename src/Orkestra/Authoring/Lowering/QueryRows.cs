using System.Linq.Expressions;

namespace Orkestra.Authoring.Lowering;

/// <summary>Finds the anonymous types that the compiler makes for the rows of a query with several variables.</summary>
internal sealed class QueryRows : ExpressionVisitor
{
    readonly HashSet<Type> types = [];

    public static IReadOnlySet<Type> Of(Expression expression, IReadOnlyList<ParameterExpression> parameters)
    {
        var rows = new QueryRows();
        foreach (var parameter in parameters) rows.Visit(parameter);
        rows.Visit(expression);
        return rows.types;
    }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        if (node.Name?.StartsWith('<') == true) types.Add(node.Type);
        return node;
    }
}
