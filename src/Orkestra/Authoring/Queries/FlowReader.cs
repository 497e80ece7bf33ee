using System.Linq.Expressions;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Queries;

/// <summary>
/// Reads the flow of a <c>from</c>: <c>B.With(f(a))</c>, with more composed around it. The argument of With stays an expression, the rest is evaluated now.
/// </summary>
internal sealed class FlowReader : ExpressionVisitor
{
    [ThreadStatic]
    static bool isReading;

    Expression? input;

    /// <summary>Whether a call of With is to give the bare flow, because its argument is not known before the run.</summary>
    public static bool IsReading => isReading;

    public static (FlowNode Flow, Expression? Input) Read(Expression expression)
    {
        var reader = new FlowReader();
        var bare = reader.Visit(expression);
        if (new VariableFinder().Find(bare) is { } variable)
            throw new WorkflowException($"The flow '{expression}' of a query depends on '{variable.Name}', which is known only in the run: pass it to the flow's first step with .With(…).");
        isReading = true;
        try
        {
            var flow = Expression.Lambda<Func<IFlow>>(Expression.Convert(bare, typeof(IFlow))).Compile(preferInterpretation: true)();
            return (FlowOperations.NodeOf(flow), reader.input);
        }
        finally
        {
            isReading = false;
        }
    }

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        if (node.Method.DeclaringType != typeof(FlowOperations) || node.Method.Name != nameof(FlowOperations.With)) return base.VisitMethodCall(node);
        if (input is not null) throw new WorkflowException($"The flow '{node}' of a query has two inputs: call .With(…) once, on its first step.");
        input = node.Arguments[1];
        return node.Update(null, [Visit(node.Arguments[0]), Expression.Default(input.Type)]);
    }

    // Lambdas inside belong to steps of the flow and bring parameters of their own.
    protected override Expression VisitLambda<T>(Expression<T> node) => node;

    sealed class VariableFinder : ExpressionVisitor
    {
        ParameterExpression? found;

        public ParameterExpression? Find(Expression expression)
        {
            Visit(expression);
            return found;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            found ??= node;
            return node;
        }

        protected override Expression VisitLambda<T>(Expression<T> node) => node;
    }
}
