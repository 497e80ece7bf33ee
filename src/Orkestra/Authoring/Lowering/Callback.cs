using System.Linq.Expressions;
using System.Reflection;

namespace Orkestra.Authoring.Lowering;

/// <summary>A function given to a method: a lambda, or a method by its name.</summary>
internal sealed record Callback(IReadOnlyList<ParameterExpression> Parameters, Expression Body)
{
    static readonly string[] ParameterNames = ["value", "other", "third"];

    public int Arity => Parameters.Count;

    public static bool IsOne(Expression expression) => typeof(Delegate).IsAssignableFrom(expression.Type) || expression is LambdaExpression or UnaryExpression { NodeType: ExpressionType.Quote };

    public static Callback Of(Expression expression) => expression switch
    {
        LambdaExpression lambda => new(lambda.Parameters, lambda.Body),
        UnaryExpression { NodeType: ExpressionType.Quote or ExpressionType.Convert } unary => Of(unary.Operand),
        MethodCallExpression { Method.Name: nameof(MethodInfo.CreateDelegate), Object: ConstantExpression { Value: MethodInfo { IsStatic: true } method } } => OfMethod(method),
        _ => throw Refusal.Of(expression, "the code of a delegate isn't visible", "Write the lambda in its place."),
    };

    static Callback OfMethod(MethodInfo method)
    {
        var parameters = method.GetParameters().Select((parameter, i) => Expression.Parameter(parameter.ParameterType, ParameterNames[Math.Min(i, 2)])).ToArray();
        return new(parameters, Expression.Call(method, parameters));
    }
}
