using System.Linq.Expressions;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Compilation;

/// <summary>Finds expressions that take the value of an outcome right after its errors were captured, without asking whether there is one.</summary>
internal sealed class UncheckedValue(ParameterExpression outcome) : ExpressionVisitor
{
    int uses;
    int values;

    /// <summary>Looks at what follows <c>.Capture()</c>.</summary>
    /// <exception cref="WorkflowException">The expression needs a value in any case.</exception>
    public static void Check(CaptureFlowNode capture, SelectFlowNode select)
    {
        if (select.Selector.Parameters is not [{ Type.IsConstructedGenericType: true } parameter] || parameter.Type.GetGenericTypeDefinition() != typeof(Outcome<>)) return;
        var visitor = new UncheckedValue(parameter);
        visitor.Visit(select.Selector.Body);
        if (visitor.values == 0 || visitor.uses > visitor.values) return;
        throw new WorkflowException(
            $"'{select}' takes the value of '{capture}', which has no value if '{capture.Body}' failed: use '.Rethrow()' to fail with its error, 'outcome.ValueOr(…)', or '.When(outcome => outcome.IsSuccess, …)', or leave out '.Capture()'.");
    }

    protected override Expression VisitMember(MemberExpression node)
    {
        if (node.Expression == outcome && node.Member.Name == nameof(Outcome<>.Value)) values++;
        return base.VisitMember(node);
    }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        if (node == outcome) uses++;
        return node;
    }
}
