using System.Linq.Expressions;
using System.Text.Json.Serialization;

namespace Orkestra.Authoring.Lowering.Metadata;

/// <summary>Enums, which are numbers or texts in JSON as the serializer's converters say.</summary>
internal static class Enums
{
    /// <summary>The enum's members, as C# names them and as JSON has them.</summary>
    public static IReadOnlyList<(string Name, object Value, JsonataFragment Json)> MembersOf(Type type, Contracts contracts, Expression expression, JsonConverter? converter) =>
        [.. from object number in Enum.GetValuesAsUnderlyingType(type)
            let value = Enum.ToObject(type, number)
            select (Enum.GetName(type, value) ?? $"{value}", number, LiteralValues.Of(value, type, contracts, expression, converter))];

    public static bool IsText(Type type, Contracts contracts, Expression expression, JsonConverter? converter) =>
        MembersOf(type, contracts, expression, converter) is [var first, ..] && first.Json.Text[0] is '\'' or '"';

    /// <summary>The enum as a number.</summary>
    public static JsonataFragment Number(Lowerer lowerer, Expression value)
    {
        var code = lowerer.Operand(value);
        var type = Types.Unwrap(value.Type);
        return IsText(type, lowerer.Contracts, value, code.Converter)
            ? Lookup(type, lowerer, value, code, static member => member.Json, static member => new JsonataFragment(Convert.ToString(member.Value, System.Globalization.CultureInfo.InvariantCulture)!), code)
            : code;
    }

    /// <summary>The enum as the name of its member.</summary>
    public static JsonataFragment Name(Lowerer lowerer, Expression value, JsonataFragment code)
    {
        var type = Types.Unwrap(value.Type);
        if (type.IsDefined(typeof(FlagsAttribute), inherit: false)) throw Refusal.Of(value, "the name of combined flags is not in its JSON");
        var members = MembersOf(type, lowerer.Contracts, value, code.Converter);
        if (members.All(static member => member.Json.Text == Syntax.Text(member.Name).Text)) return code with { Converter = null };
        var text = IsText(type, lowerer.Contracts, value, code.Converter);
        return Lookup(
            type,
            lowerer,
            value,
            text ? code : Syntax.Call("string", code),
            member => text ? member.Json : Syntax.Text(member.Json.Text),
            static member => Syntax.Text(member.Name),
            code);
    }

    static JsonataFragment Lookup(
        Type type,
        Lowerer lowerer,
        Expression value,
        JsonataFragment key,
        Func<(string Name, object Value, JsonataFragment Json), JsonataFragment> from,
        Func<(string Name, object Value, JsonataFragment Json), JsonataFragment> to,
        JsonataFragment code)
    {
        var table = Syntax.Object(MembersOf(type, lowerer.Contracts, value, code.Converter).DistinctBy(member => from(member).Text).Select(member => (from(member), to(member))));
        return Syntax.Call("lookup", table, key).With(code.Traits & (Traits.MayBeNull | Traits.MayBeAbsent));
    }
}
