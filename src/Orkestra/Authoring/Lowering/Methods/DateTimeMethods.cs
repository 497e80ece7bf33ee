using System.Globalization;
using System.Linq.Expressions;
using Orkestra.Authoring.Lowering.Metadata;

namespace Orkestra.Authoring.Lowering.Methods;

/// <summary>Arithmetic with moments and durations, in milliseconds since 1970, which is how JSONata reckons with time.</summary>
internal static class DateTimeMethods
{
    static readonly Dictionary<string, long> Units = new()
    {
        ["Milliseconds"] = 1,
        ["Seconds"] = 1000,
        ["Minutes"] = 60_000,
        ["Hours"] = 3_600_000,
        ["Days"] = 86_400_000,
    };

    /// <summary>The milliseconds of a moment that is computed, or null for one that is read from the payload.</summary>
    public static JsonataFragment? Computed(Lowerer lowerer, Expression moment)
    {
        moment = Lowerer.Stripped(moment);
        switch (moment)
        {
            case { } now when ClockMembers.IsUtcNow(now):
                return Syntax.Call("millis");
            case UnaryExpression { NodeType: ExpressionType.Convert, Method.Name: "op_Implicit" } conversion when Types.IsMoment(conversion.Operand.Type):
                return Computed(lowerer, conversion.Operand);
            case MethodCallExpression { Object: null, Method.Name: nameof(DateTimeOffset.FromUnixTimeMilliseconds), Arguments: [var millis] }:
                return lowerer.Operand(millis);
            case MethodCallExpression { Object: null, Method.Name: nameof(DateTimeOffset.FromUnixTimeSeconds), Arguments: [var seconds] }:
                return Scaled(lowerer, seconds, 1000);
            case MethodCallExpression { Object: { } owner } call when Types.IsMoment(owner.Type) && Shift(lowerer, call) is { } shift:
                return Sum(Millis(lowerer, owner), shift);
            case BinaryExpression { NodeType: ExpressionType.Add or ExpressionType.Subtract } binary when Types.IsMoment(binary.Left.Type) && binary.Right.Type == typeof(TimeSpan):
                return Span(lowerer, binary.Right) is not { } span ? null
                    : binary.NodeType == ExpressionType.Add ? Sum(Millis(lowerer, binary.Left), span)
                    : Syntax.Binary("-", Precedence.Additive, Millis(lowerer, binary.Left), span);
            default:
                return null;
        }
    }

    /// <summary>The milliseconds of a moment that is not null.</summary>
    public static JsonataFragment Millis(Lowerer lowerer, Expression moment) => Computed(lowerer, moment) ?? Syntax.Call("toMillis", lowerer.Operand(moment));

    /// <summary>The milliseconds of a duration, if it is made in the expression; one from the payload is a text JSONata cannot reckon with.</summary>
    public static JsonataFragment? Span(Lowerer lowerer, Expression span)
    {
        span = Lowerer.Stripped(span);
        if (Constants.TryEvaluate(span, out var value)) return value is TimeSpan constant ? Number(constant.TotalMilliseconds) : null;
        return span switch
        {
            BinaryExpression { NodeType: ExpressionType.Subtract } difference when Types.IsMoment(difference.Left.Type) && Types.IsMoment(difference.Right.Type) =>
                Syntax.Binary("-", Precedence.Additive, Millis(lowerer, difference.Left), Millis(lowerer, difference.Right)),
            MethodCallExpression { Object: null, Arguments: [var amount] } call when call.Method.DeclaringType == typeof(TimeSpan)
                && call.Method.Name.StartsWith("From", StringComparison.Ordinal) && Units.TryGetValue(call.Method.Name[4..], out var unit) => Scaled(lowerer, amount, unit),
            _ => null,
        };
    }

    public static JsonataFragment? TryCall(Lowerer lowerer, MethodCallExpression call)
    {
        if (ClockMembers.IsUtcNow(call)) return null;
        if (Types.IsMoment(call.Type)) return Computed(lowerer, call) is { } millis ? Syntax.Call("fromMillis", millis) : null;
        if (call.Object is not { } owner || owner.Type != typeof(DateTimeOffset)) return null;
        return call.Method.Name switch
        {
            nameof(DateTimeOffset.ToUnixTimeMilliseconds) => Millis(lowerer, owner),
            nameof(DateTimeOffset.ToUnixTimeSeconds) => Syntax.Call("floor", Syntax.Binary("/", Precedence.Multiplicative, Millis(lowerer, owner), Number(1000))),
            _ => null,
        };
    }

    public static JsonataFragment? TryBinary(Lowerer lowerer, BinaryExpression binary) =>
        Types.IsMoment(binary.Type) && Computed(lowerer, binary) is { } millis ? Syntax.Call("fromMillis", millis) : null;

    /// <summary>How long a duration is in a unit: <c>(a - b).TotalHours</c>.</summary>
    public static JsonataFragment? Total(Lowerer lowerer, MemberExpression access, Expression span)
    {
        if (!access.Member.Name.StartsWith("Total", StringComparison.Ordinal) || !Units.TryGetValue(access.Member.Name[5..], out var unit)) return null;
        if (Span(lowerer, span) is not { } millis) return null;
        return unit == 1 ? millis : Syntax.Binary("/", Precedence.Multiplicative, millis, Number(unit));
    }

    static JsonataFragment? Shift(Lowerer lowerer, MethodCallExpression call)
    {
        if (call.Arguments is not [var amount]) return null;
        if (call.Method.Name is "Add" or "Subtract" && amount.Type == typeof(TimeSpan))
        {
            var span = Span(lowerer, amount);
            return call.Method.Name == "Add" || span is null ? span : new($"-{span.At(Precedence.Negation + 1)}", Precedence.Negation);
        }

        return call.Method.Name.StartsWith("Add", StringComparison.Ordinal) && Units.TryGetValue(call.Method.Name[3..], out var unit) ? Scaled(lowerer, amount, unit) : null;
    }

    static JsonataFragment Scaled(Lowerer lowerer, Expression amount, long unit)
    {
        if (Constants.TryEvaluate(amount, out var value)) return Number(Convert.ToDouble(value, CultureInfo.InvariantCulture) * unit);
        var code = lowerer.Operand(amount);
        return unit == 1 ? code : Syntax.Binary("*", Precedence.Multiplicative, code, Number(unit));
    }

    static JsonataFragment Sum(JsonataFragment millis, JsonataFragment shift) =>
        shift.Precedence == Precedence.Negation
            ? new($"{millis.At(Precedence.Additive)} - {shift.Text.AsSpan(1)}", Precedence.Additive)
            : Syntax.Binary("+", Precedence.Additive, millis, shift);

    static JsonataFragment Number(double value) => new(value.ToString("R", CultureInfo.InvariantCulture), value < 0 ? Precedence.Negation : Precedence.Atom);
}
