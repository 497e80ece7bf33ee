using System.Globalization;
using System.Linq.Expressions;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Lowering.Operations;

namespace Orkestra.Authoring.Lowering.Methods;

/// <summary>Arithmetic, <see cref="Math"/>, parsing and converting numbers.</summary>
internal static class NumberMethods
{
    public static JsonataFragment Arithmetic(Lowerer lowerer, BinaryExpression binary)
    {
        if (!Types.IsNumber(Types.Unwrap(binary.Type)) || !Types.IsNumber(Types.Unwrap(binary.Left.Type)) || !Types.IsNumber(Types.Unwrap(binary.Right.Type)))
            throw Refusal.Of(binary, $"JSONata has no such operator for {TypeName.Of(binary.Left.Type)} and {TypeName.Of(binary.Right.Type)}");
        return Lifted(lowerer, lowerer.Operand(binary.Left), lowerer.Operand(binary.Right), (left, right) => binary.NodeType switch
        {
            ExpressionType.Add or ExpressionType.AddChecked => Syntax.Binary("+", Precedence.Additive, left, right),
            ExpressionType.Subtract or ExpressionType.SubtractChecked => Syntax.Binary("-", Precedence.Additive, left, right),
            ExpressionType.Multiply or ExpressionType.MultiplyChecked => Syntax.Binary("*", Precedence.Multiplicative, left, right),
            ExpressionType.Modulo => Syntax.Binary("%", Precedence.Multiplicative, left, right),
            _ when !Types.IsIntegral(Types.Unwrap(binary.Type)) => Syntax.Binary("/", Precedence.Multiplicative, left, right),
            _ when IsNonNegative(binary.Left) && IsNonNegative(binary.Right) => Syntax.Call("floor", Syntax.Binary("/", Precedence.Multiplicative, left, right)),
            _ => Quotient(lowerer, left, right),
        });
    }

    public static JsonataFragment Negation(Lowerer lowerer, UnaryExpression negation)
    {
        if (!Types.IsNumber(Types.Unwrap(negation.Type))) throw Refusal.Of(negation, $"JSONata has no such operator for {TypeName.Of(negation.Type)}");
        return Conversions.Lifted(lowerer, lowerer.Operand(negation.Operand), static value => new($"-{value.At(Precedence.Negation + 1)}", Precedence.Negation));
    }

    public static JsonataFragment? TryCall(Lowerer lowerer, MethodCallExpression call)
    {
        var type = call.Method.DeclaringType!;
        if (type == typeof(Math) || type == typeof(MathF) || (Types.IsNumber(type) && call.Object is null && call.Method.Name is not "Parse")) return Mathematics(lowerer, call);
        if (type == typeof(Convert)) return Converted(lowerer, call);
        if (call.Method.Name != "Parse" || call.Arguments.Count == 0 || call.Arguments[0].Type != typeof(string)) return null;
        if (type == typeof(bool)) return Syntax.Compare("=", Syntax.Call("lowercase", lowerer.Lower(call.Arguments[0])), Syntax.Text("true"));
        if (!Types.IsNumber(type)) return null;
        foreach (var argument in call.Arguments.Skip(1))
        {
            if (!typeof(IFormatProvider).IsAssignableFrom(argument.Type) || !Constants.TryEvaluate(argument, out var provider) || (provider is not null && provider != CultureInfo.InvariantCulture))
                throw Refusal.Of(call, "JSONata reads numbers in one form only", "Use CultureInfo.InvariantCulture and no NumberStyles, or use a Step.");
        }

        return Syntax.Call("number", lowerer.Lower(call.Arguments[0]));
    }

    /// <summary>The whole part of a number.</summary>
    public static JsonataFragment Truncated(Lowerer lowerer, JsonataFragment number, Expression expression) =>
        IsWhole(expression) ? number
        : IsNonNegative(expression) ? Syntax.Call("floor", number)
        : lowerer.Named(number, static value => Syntax.Conditional(Syntax.Compare("<", value, Syntax.Number(0)), Syntax.Call("ceil", value), Syntax.Call("floor", value)), "n");

    /// <summary>Applies an operator to numbers that may be null: the result is null then.</summary>
    static JsonataFragment Lifted(Lowerer lowerer, JsonataFragment left, JsonataFragment right, Func<JsonataFragment, JsonataFragment, JsonataFragment> body) =>
        left.MayBeNull && right.MayBeNull
            ? lowerer.Named(
                left,
                left => lowerer.Named(
                    right,
                    right => Syntax.Conditional(
                        left.Text == right.Text ? Syntax.IsNotNull(left) : Syntax.And(Syntax.IsNotNull(left), Syntax.IsNotNull(right)), body(left, right), Syntax.Null),
                    "other"))
            : Conversions.Lifted(lowerer, left, left => Conversions.Lifted(lowerer, right, right => body(left, right)));

    // JSONata divides exactly. The remainder has the dividend's sign in both languages, so what is left when it is taken away divides without one, towards zero.
    static JsonataFragment Quotient(Lowerer lowerer, JsonataFragment left, JsonataFragment right) =>
        lowerer.Named(
            left,
            left => lowerer.Named(
                right,
                right => Syntax.Binary(
                    "/", Precedence.Multiplicative, Syntax.Binary("-", Precedence.Additive, left, Syntax.Binary("%", Precedence.Multiplicative, left, right)), right),
                "divisor"),
            "dividend");

    static JsonataFragment Mathematics(Lowerer lowerer, MethodCallExpression call)
    {
        var arguments = call.Arguments;
        JsonataFragment Argument(int i) => lowerer.Operand(arguments[i]);
        switch (call.Method.Name, arguments.Count)
        {
            case ("Abs", 1): return Syntax.Call("abs", Argument(0));
            case ("Floor", 1): return Syntax.Call("floor", Argument(0));
            case ("Ceiling", 1): return Syntax.Call("ceil", Argument(0));
            case ("Sqrt", 1): return Syntax.Call("sqrt", Argument(0));
            case ("Pow", 2): return Syntax.Call("power", Argument(0), Argument(1));
            case ("Min", 2): return Syntax.Call("min", Syntax.Array(Argument(0), Argument(1)));
            case ("Max", 2): return Syntax.Call("max", Syntax.Array(Argument(0), Argument(1)));
            case ("Clamp", 3): return Syntax.Call("min", Syntax.Array(Syntax.Call("max", Syntax.Array(Argument(0), Argument(1))), Argument(2)));
            case ("Truncate", 1): return Truncated(lowerer, Argument(0), arguments[0]);
            case ("Sign", 1):
                return lowerer.Named(
                    Argument(0),
                    static value => Syntax.Conditional(
                        Syntax.Compare(">", value, Syntax.Number(0)),
                        Syntax.Number(1),
                        Syntax.Conditional(Syntax.Compare("<", value, Syntax.Number(0)), Syntax.Number(-1), Syntax.Number(0))),
                    "n");
            case ("Round", >= 1):
                if (arguments[^1].Type == typeof(MidpointRounding) && !(Constants.TryEvaluate(arguments[^1], out var mode) && mode is MidpointRounding.ToEven))
                    throw Refusal.Of(call, "JSONata rounds halves to the even neighbour", "Use MidpointRounding.ToEven, or use a Step.");
                return arguments.Count > 1 && arguments[1].Type == typeof(int) ? Syntax.Call("round", Argument(0), Argument(1)) : Syntax.Call("round", Argument(0));
            default:
                throw Refusal.Of(call, $"{TypeName.Of(call.Method.DeclaringType!)}.{call.Method.Name} has no counterpart in it");
        }
    }

    static JsonataFragment? Converted(Lowerer lowerer, MethodCallExpression call)
    {
        if (call.Arguments is not [var argument]) return null;
        var from = argument.Type;
        var to = call.Method.ReturnType;
        if (to == typeof(string)) return StringMethods.Of(lowerer, argument);
        if (!Types.IsNumber(to)) return null;
        if (from == typeof(string)) return Syntax.Call("number", lowerer.Lower(argument));
        if (from == typeof(bool)) return Syntax.Conditional(lowerer.Condition(argument), Syntax.Number(1), Syntax.Number(0));
        if (!Types.IsNumber(from)) return null;
        return Types.IsIntegral(to) && !Types.IsIntegral(from) ? Syntax.Call("round", lowerer.Operand(argument)) : lowerer.Operand(argument);
    }

    static bool IsWhole(Expression expression) => expression switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert } conversion => IsWhole(conversion.Operand),
        MethodCallExpression { Method.Name: "Floor" or "Ceiling" or "Truncate" or "Sign" } => true,
        MethodCallExpression { Method.Name: "Round" } call => call.Arguments.Count == 1 || call.Arguments[1].Type != typeof(int),
        _ => Types.IsIntegral(Types.Unwrap(expression.Type)),
    };

    static bool IsNonNegative(Expression expression)
    {
        if (Types.IsUnsigned(Types.Unwrap(expression.Type))) return true;
        if (Constants.TryEvaluate(expression, out var value)) return value is IConvertible and not string && Types.IsNumber(value.GetType()) && Convert.ToDouble(value, CultureInfo.InvariantCulture) >= 0;
        return expression switch
        {
            UnaryExpression { NodeType: ExpressionType.ArrayLength } => true,
            UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } conversion => IsNonNegative(conversion.Operand),
            MemberExpression { Member.Name: "Count" or "Length", Expression: { } owner } => owner.Type == typeof(string) || Types.IsArray(owner.Type) || Types.IsDictionary(owner.Type),
            MethodCallExpression call => (call.Method.DeclaringType == typeof(Enumerable) && call.Method.Name == nameof(Enumerable.Count))
                || (call.Method.DeclaringType == typeof(Math) && call.Method.Name is nameof(Math.Abs) or nameof(Math.Sqrt)),
            BinaryExpression { NodeType: ExpressionType.Add or ExpressionType.Multiply or ExpressionType.Divide or ExpressionType.Modulo } binary =>
                IsNonNegative(binary.Left) && IsNonNegative(binary.Right),
            _ => false,
        };
    }
}
