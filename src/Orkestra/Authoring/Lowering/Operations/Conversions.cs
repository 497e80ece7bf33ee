using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Lowering.Methods;

namespace Orkestra.Authoring.Lowering.Operations;

/// <summary>Casts.</summary>
internal static class Conversions
{
    public static JsonataFragment Lower(Lowerer lowerer, UnaryExpression conversion)
    {
        var (from, to) = (Types.Unwrap(conversion.Operand.Type), Types.Unwrap(conversion.Type));
        if (from == to)
        {
            // (int)x.Count of a nullable says that it is not null.
            var code = lowerer.Lower(conversion.Operand);
            return Types.IsNullable(conversion.Operand.Type) && !Types.IsNullable(conversion.Type) ? code.Without(Traits.MayBeNull | Traits.MayBeAbsent | Traits.Omitted) : code;
        }

        if (to.IsByRefLike || conversion.Type.IsAssignableFrom(conversion.Operand.Type))
        {
            Written(conversion.Operand, to);
            return lowerer.Lower(conversion.Operand);
        }

        if (Types.IsNumber(from) && Types.IsNumber(to))
        {
            var code = lowerer.Operand(conversion.Operand);
            var cuts = Types.IsIntegral(to) && !Types.IsIntegral(from);
            return cuts ? Lifted(lowerer, code, number => NumberMethods.Truncated(lowerer, number, conversion.Operand)) : code;
        }

        // The same moment: the text of a DateTime in UTC ends in Z, and that of a DateTimeOffset in +00:00.
        if (Types.IsMoment(from) && Types.IsMoment(to)) return lowerer.Lower(conversion.Operand);
        if (from.IsEnum && Types.IsNumber(to)) return Enums.Number(lowerer, conversion.Operand);
        if (to.IsEnum && Types.IsIntegral(from) && !Enums.IsText(to, lowerer.Contracts, conversion, null)) return lowerer.Lower(conversion.Operand);
        if (typeof(JsonNode).IsAssignableFrom(from) && (Types.IsNumber(to) || to == typeof(string) || to == typeof(bool))) return lowerer.Lower(conversion.Operand);
        throw Refusal.Of(conversion, Types.IsScalar(from) ? $"JSONata does not convert {TypeName.Of(from)} to {TypeName.Of(to)} as C# does" : "JSON does not carry C# types");
    }

    /// <summary>Refuses a new object that the serializer writes as one of its base types, with the members of that type.</summary>
    public static void Written(Expression value, Type type)
    {
        if (value is not (NewExpression or MemberInitExpression) || value.Type == Types.Unwrap(type) || Types.IsUntyped(type) || Types.IsArray(type) || Types.IsDictionary(type)) return;
        var (own, other) = (TypeName.Of(value.Type), TypeName.Of(type));
        throw Refusal.Of(value, $"a {own} that is written as {other} has other members", $"Give the expression the type {own}, or use a Step.");
    }

    /// <summary>Applies something to a number that may be null, which then stays null.</summary>
    public static JsonataFragment Lifted(Lowerer lowerer, JsonataFragment code, Func<JsonataFragment, JsonataFragment> body) =>
        code.MayBeNull
            ? lowerer.Named(code, value => Syntax.Conditional(Syntax.IsNotNull(value), body(value.Without(Traits.MayBeNull | Traits.MayBeAbsent | Traits.Omitted)), Syntax.Null))
            : body(code);
}
