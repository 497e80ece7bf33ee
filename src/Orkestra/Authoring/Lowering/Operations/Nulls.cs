using System.Linq.Expressions;
using Orkestra.Authoring.Lowering.Metadata;

namespace Orkestra.Authoring.Lowering.Operations;

/// <summary>Null checks, <c>??</c> and <c>Nullable&lt;T&gt;</c>. Null and nothing are one to C#, so every form here is right for both.</summary>
internal static class Nulls
{
    public static bool IsNull(Expression expression) =>
        expression is ConstantExpression { Value: null }
        || (expression is DefaultExpression && (!expression.Type.IsValueType || Types.IsNullable(expression.Type)))
        || (expression is UnaryExpression { NodeType: ExpressionType.Convert } conversion && IsNull(conversion.Operand));

    /// <summary>Whether a test is <c>x == null</c>, and of what.</summary>
    public static bool IsNullTest(Expression test, ExpressionType comparison, out Expression value)
    {
        value = test;
        if (test is not BinaryExpression binary || binary.NodeType != comparison) return false;
        if (!IsNull(binary.Left) && !IsNull(binary.Right)) return false;
        value = IsNull(binary.Right) ? binary.Left : binary.Right;
        return true;
    }

    public static JsonataFragment IsNotNull(Lowerer lowerer, Expression value) => Syntax.IsNotNull(lowerer.Lower(value));

    public static JsonataFragment Coalesce(Lowerer lowerer, BinaryExpression coalesce)
    {
        if (coalesce.Conversion is not null) throw Refusal.Of(coalesce, "it converts with code of its own");
        if (Constants.TryEvaluate(coalesce.Left, out var value)) return lowerer.Lower(value is null ? coalesce.Right : coalesce.Left);
        return Coalesce(lowerer, lowerer.Lower(coalesce.Left), lowerer.Value(coalesce.Right));
    }

    public static JsonataFragment Coalesce(Lowerer lowerer, JsonataFragment value, JsonataFragment other) =>
        lowerer.Named(Lowerer.Exact(value), some => Syntax.Conditional(Syntax.IsNotNull(some), some.Without(Traits.MayBeNull | Traits.MayBeAbsent | Traits.Omitted), other));

    public static JsonataFragment Member(Lowerer lowerer, MemberExpression access, Expression nullable)
    {
        var code = lowerer.Lower(nullable);
        return access.Member.Name == nameof(Nullable<>.HasValue) ? Syntax.IsNotNull(code) : code.Without(Traits.MayBeNull | Traits.MayBeAbsent | Traits.Omitted);
    }

    public static JsonataFragment? TryCall(Lowerer lowerer, MethodCallExpression call)
    {
        if (call.Object is not { } owner || !Types.IsNullable(owner.Type)) return null;
        return call.Method.Name switch
        {
            nameof(Nullable<>.GetValueOrDefault) => Coalesce(
                lowerer, lowerer.Lower(owner), call.Arguments.Count == 1 ? lowerer.Value(call.Arguments[0]) : Members.DefaultOf(lowerer, Types.Unwrap(owner.Type), call)),
            _ => null,
        };
    }
}
