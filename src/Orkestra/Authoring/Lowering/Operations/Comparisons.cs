using System.Linq.Expressions;
using Orkestra.Authoring.Lowering.Collections;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Lowering.Methods;

namespace Orkestra.Authoring.Lowering.Operations;

/// <summary>Equality and order.</summary>
internal static class Comparisons
{
    public static JsonataFragment Equality(Lowerer lowerer, BinaryExpression binary)
    {
        if (Nulls.IsNullTest(binary, ExpressionType.NotEqual, out var value)) return Nulls.IsNotNull(lowerer, value);
        if (Nulls.IsNullTest(binary, ExpressionType.Equal, out value)) return Syntax.Not(Nulls.IsNotNull(lowerer, value));
        if (CompareCall(binary) is { } call) return Equality(lowerer, call.Left, call.Right, Types.Unwrap(call.Left.Type), binary.NodeType == ExpressionType.NotEqual, binary);
        if (Durations(lowerer, binary) is var (one, other)) return Syntax.Compare(binary.NodeType == ExpressionType.Equal ? "=" : "!=", one, other);
        var (left, right, type) = Operands(lowerer, binary.Left, binary.Right);
        return Equality(lowerer, left, right, type, binary.NodeType == ExpressionType.NotEqual, binary);
    }

    public static JsonataFragment Relation(Lowerer lowerer, BinaryExpression binary)
    {
        var symbol = binary.NodeType switch
        {
            ExpressionType.LessThan => "<",
            ExpressionType.LessThanOrEqual => "<=",
            ExpressionType.GreaterThan => ">",
            _ => ">=",
        };
        if (CompareCall(binary) is { } call) return Relation(lowerer, symbol, lowerer.Operand(call.Left), lowerer.Operand(call.Right), Types.Unwrap(call.Left.Type), binary);
        if (Durations(lowerer, binary) is var (one, other)) return Syntax.Compare(symbol, one, other);
        var (left, right, type) = Operands(lowerer, binary.Left, binary.Right);
        return Relation(lowerer, symbol, left, right, type, binary);
    }

    public static JsonataFragment? TryCall(Lowerer lowerer, MethodCallExpression call)
    {
        var (left, right, rest) = call switch
        {
            { Method.Name: "Equals", Object: { } owner, Arguments: [var other, ..] } => (owner, other, call.Arguments.Skip(1)),
            { Method.Name: "Equals" or "SequenceEqual", Object: null, Arguments: [var one, var other, ..] } => (one, other, call.Arguments.Skip(2)),
            _ => (null, null, []),
        };
        if (left is null || right is null) return null;
        if (call.Method.Name == "SequenceEqual") return SequenceMethods.Equal(lowerer, call, left, right);
        (left, right) = (Lowerer.Stripped(left), Lowerer.Stripped(right));
        if (Nulls.IsNull(right)) return Syntax.Not(Nulls.IsNotNull(lowerer, left));
        if (Nulls.IsNull(left)) return Syntax.Not(Nulls.IsNotNull(lowerer, right));
        if (Types.Unwrap(left.Type) != Types.Unwrap(right.Type)) throw Refusal.Of(call, "it compares different types");
        var ignoresCase = StringMethods.IgnoresCase(call, rest);
        return Equality(lowerer, left, right, Types.Unwrap(left.Type), negated: false, call, ignoresCase);
    }

    /// <summary>Whether one key comes after another: null first, false before true.</summary>
    public static JsonataFragment IsAfter(Lowerer lowerer, JsonataFragment left, JsonataFragment right, Type type, Expression expression)
    {
        type = Types.Unwrap(type);
        if (type == typeof(bool)) return Syntax.And(left, Syntax.Not(right));
        var mayBeNull = left.MayBeNull || right.MayBeNull;
        var after = Relation(lowerer, ">", left.Without(Traits.MayBeNull), right.Without(Traits.MayBeNull), type, expression);
        return mayBeNull ? Syntax.And(Syntax.IsNotNull(left), Syntax.Or(Syntax.Not(Syntax.IsNotNull(right)), after)) : after;
    }

    static JsonataFragment Equality(Lowerer lowerer, Expression left, Expression right, Type type, bool negated, Expression whole, bool ignoresCase = false)
    {
        var (a, b) = (lowerer.Operand(left), lowerer.Operand(right));
        if (ignoresCase) (a, b) = (Lowercase(lowerer, left, a), Lowercase(lowerer, right, b));
        return Equality(lowerer, a, b, type, negated, whole);
    }

    static JsonataFragment Equality(Lowerer lowerer, JsonataFragment left, JsonataFragment right, Type type, bool negated, Expression whole)
    {
        if (left.Converter?.GetType() != right.Converter?.GetType()) throw Refusal.Of(whole, "its sides are written by different converters");
        if (Types.IsMoment(type)) (left, right) = (Conversions.Lifted(lowerer, left, Millis), Conversions.Lifted(lowerer, right, Millis));
        else if (!Equalities.IsByValue(type, lowerer.Contracts))
            throw Refusal.Of(whole, $"{TypeName.Of(type)} is compared by reference or by code of its own", "Compare the members that matter.");
        (left, right) = (Lowerer.Exact(left), Lowerer.Exact(right));

        // Nothing equals nothing in JSONata, not even nothing.
        if (left.Has(Traits.MayBeAbsent) && right.MayBeNull) left = lowerer.Present(left);
        if (right.Has(Traits.MayBeAbsent) && left.MayBeNull) right = lowerer.Present(right);
        var mayBeAbsent = left.Has(Traits.MayBeAbsent) || right.Has(Traits.MayBeAbsent);
        if (!negated) return Syntax.Compare("=", left, right);
        return mayBeAbsent ? Syntax.Not(Syntax.Compare("=", left, right)) : Syntax.Compare("!=", left, right);
    }

    static JsonataFragment Relation(Lowerer lowerer, string symbol, JsonataFragment left, JsonataFragment right, Type type, Expression whole)
    {
        if (!IsOrdered(type) || (type.IsEnum && Enums.IsText(type, lowerer.Contracts, whole, left.Converter ?? right.Converter)))
            throw Refusal.Of(whole, $"the JSON of {TypeName.Of(type)} is not in the order of its values");
        return Guarded(left, right, lowerer, (left, right) => Types.IsMoment(type)
            ? Syntax.Compare(symbol, Millis(left), Millis(right))
            : Syntax.Compare(symbol, left, right));
    }

    // A comparison with null is false in C# and an error in JSONata.
    static JsonataFragment Guarded(JsonataFragment left, JsonataFragment right, Lowerer lowerer, Func<JsonataFragment, JsonataFragment, JsonataFragment> body)
    {
        if (!left.MayBeNull && !right.MayBeNull) return body(left, right);
        return lowerer.Named(left, left => lowerer.Named(right, right =>
        {
            var compared = body(left, right);
            if (right.MayBeNull) compared = Syntax.And(Syntax.IsNotNull(right), compared);
            return left.MayBeNull ? Syntax.And(Syntax.IsNotNull(left), compared) : compared;
        }, "other"));
    }

    static (JsonataFragment Left, JsonataFragment Right, Type Type) Operands(Lowerer lowerer, Expression left, Expression right)
    {
        // C# compares enums and characters as numbers; the payload has what the serializer made of them.
        var (bareLeft, bareRight) = (Bare(left), Bare(right));
        var (leftType, rightType) = (Types.Unwrap(bareLeft.Type), Types.Unwrap(bareRight.Type));
        if (IsNumbered(leftType) && (leftType == rightType || IsConstant(right))) return Numbered(lowerer, bareLeft, right, bareRight, leftType, swapped: false);
        if (IsNumbered(rightType) && IsConstant(left)) return Numbered(lowerer, bareRight, left, bareLeft, rightType, swapped: true);
        return Types.IsMoment(Types.Unwrap(left.Type))
            ? (Moment(lowerer, left), Moment(lowerer, right), Types.Unwrap(left.Type))
            : (lowerer.Operand(left), lowerer.Operand(right), Types.Unwrap(left.Type));
    }

    static (JsonataFragment Left, JsonataFragment Right, Type Type) Numbered(Lowerer lowerer, Expression own, Expression other, Expression bareOther, Type type, bool swapped)
    {
        var code = lowerer.Operand(own);
        JsonataFragment counterpart;
        if (Constants.TryEvaluate(other, out var value))
        {
            object? constant = value is null ? null : type == typeof(char) ? Convert.ToChar(value, System.Globalization.CultureInfo.InvariantCulture) : Enum.ToObject(type, value);
            counterpart = LiteralValues.Of(constant, type, lowerer.Contracts, other, code.Converter) with { Converter = code.Converter };
        }
        else
        {
            counterpart = lowerer.Operand(bareOther);
        }

        return swapped ? (counterpart, code, type) : (code, counterpart, type);
    }

    static bool IsConstant(Expression expression) => Constants.TryEvaluate(expression, out _);

    static bool IsNumbered(Type type) => type.IsEnum || type == typeof(char);

    static Expression Bare(Expression expression)
    {
        var bare = expression;
        while (bare is UnaryExpression { NodeType: ExpressionType.Convert } conversion) bare = conversion.Operand;
        return IsNumbered(Types.Unwrap(bare.Type)) ? bare : expression;
    }

    /// <summary>The two sides of <c>string.Compare(a, b) &lt; 0</c>, <c>a.CompareTo(b) &lt; 0</c> and the like.</summary>
    static (Expression Left, Expression Right)? CompareCall(BinaryExpression binary)
    {
        if (binary.Left is not MethodCallExpression call || !IsOrdered(call.Method.DeclaringType!)) return null;
        if (!Constants.TryEvaluate(binary.Right, out var zero) || zero is not 0) return null;
        switch (call.Method.Name, call.Object, call.Arguments.Count)
        {
            case (nameof(string.CompareOrdinal), null, 2):
            case (nameof(string.Compare), null, 2 or 3):
                if (StringMethods.IgnoresCase(call, call.Arguments.Skip(2))) throw Refusal.Of(call, "JSONata orders texts by their characters", "Use StringComparison.Ordinal.");
                return (call.Arguments[0], call.Arguments[1]);
            case (nameof(string.CompareTo), { } owner, 1) when call.Arguments[0].Type == owner.Type:
                return (owner, call.Arguments[0]);
            default:
                return null;
        }
    }

    static bool IsOrdered(Type type) =>
        Types.IsNumber(type) || Types.IsMoment(type) || type.IsEnum
        || type == typeof(string) || type == typeof(char) || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(Guid);

    static JsonataFragment Millis(JsonataFragment moment) => moment.Has(Traits.Millis) ? moment : Syntax.Call("toMillis", moment);

    static JsonataFragment Moment(Lowerer lowerer, Expression moment) => DateTimeMethods.Computed(lowerer, moment)?.With(Traits.Millis) ?? lowerer.Operand(moment);

    static (JsonataFragment Left, JsonataFragment Right)? Durations(Lowerer lowerer, BinaryExpression binary) =>
        binary.Left.Type == typeof(TimeSpan) && DateTimeMethods.Span(lowerer, binary.Left) is { } left && DateTimeMethods.Span(lowerer, binary.Right) is { } right ? (left, right) : null;

    static JsonataFragment Lowercase(Lowerer lowerer, Expression expression, JsonataFragment code) =>
        Constants.TryEvaluate(expression, out var value) && value is string text ? Syntax.Text(text.ToLowerInvariant()) : Conversions.Lifted(lowerer, code, static text => Syntax.Call("lowercase", text));
}
