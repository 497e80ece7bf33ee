using System.Linq.Expressions;
using Orkestra.Authoring.Lowering;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Queries;

/// <summary>
/// Reads the flow of a <c>from</c>: <c>B.With(f(a))</c>, with more composed around it. The argument of With stays an expression, the rest is evaluated now.
/// </summary>
internal sealed class FlowReader : ExpressionVisitor
{
    [ThreadStatic]
    static bool isBare;

    Expression? input;

    /// <summary>
    /// Whether the call of With that is made now is to give the bare flow, because its argument is not known before the run. It is said for one call: others, in what is evaluated on the way, mean what
    /// they say.
    /// </summary>
    public static bool TakeBare()
    {
        var taken = isBare;
        isBare = false;
        return taken;
    }

    static void NextIsBare() => isBare = true;

    public static FlowReading Read(Expression expression)
    {
        var reader = new FlowReader();
        var bare = reader.Visit(expression);
        if (new VariableFinder().Find(bare) is var (variable, inside))
        {
            throw new WorkflowException(
                inside is null ? $"The flow '{expression}' of a query depends on '{variable.Name}', which is known only in the run: pass it to the flow's first step with .With(…)."
                : $"The lambda '{CSharpText.Of(inside)}' of a query uses '{variable.Name}', but a lambda inside the flow sees only its own parameters: let the payload carry '{variable.Name}' to it, as in .With(new {{ {variable.Name}, … }}).");
        }

        var flow = Expression.Lambda<Func<IFlow>>(Expression.Convert(bare, typeof(IFlow))).Compile(preferInterpretation: true)();
        return new(FlowOperations.NodeOf(flow), reader.input);
    }

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        if (node.Method.DeclaringType != typeof(FlowOperations) || node.Method.Name != nameof(FlowOperations.With)) return base.VisitMethodCall(node);
        if (input is not null) throw new WorkflowException($"The flow '{node}' of a query has two inputs: call .With(…) once, on its first step.");
        input = node.Arguments[1];

        // Arguments are evaluated from left to right, so nothing comes between the mark and the call.
        return node.Update(null, [Visit(node.Arguments[0]), Expression.Block(Expression.Call(((Action)NextIsBare).Method), Expression.Default(input.Type))]);
    }

    // Lambdas inside belong to steps of the flow and bring parameters of their own.
    protected override Expression VisitLambda<T>(Expression<T> node) => node;

    sealed class VariableFinder : ExpressionVisitor
    {
        readonly HashSet<ParameterExpression> own = [];
        LambdaExpression? lambda;
        (ParameterExpression Variable, LambdaExpression? Inside)? found;

        public (ParameterExpression Variable, LambdaExpression? Inside)? Find(Expression expression)
        {
            Visit(expression);
            return found;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            if (!own.Contains(node)) found ??= (node, lambda);
            return node;
        }

        protected override Expression VisitLambda<T>(Expression<T> node)
        {
            own.UnionWith(node.Parameters);
            var outer = lambda;
            lambda ??= node;
            Visit(node.Body);
            lambda = outer;
            return node;
        }

        // The variables of a block are its own.
        protected override Expression VisitBlock(BlockExpression node)
        {
            own.UnionWith(node.Variables);
            return base.VisitBlock(node);
        }
    }
}

/// <summary>A flow that an expression composes.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Input">What it is given; null for nothing.</param>
internal sealed record FlowReading(FlowNode Flow, Expression? Input);
