using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orkestra.Authoring.Lowering.Metadata;

/// <summary>Writes C# values as JSONata literals, by way of the serializer: they look as they would in a payload.</summary>
internal static class LiteralValues
{
    static readonly JsonSerializerOptions Primitives = new() { TypeInfoResolver = PrimitiveTypes.Default };

    public static JsonataFragment Of(object? value, Type declared, Contracts contracts, Expression expression, JsonConverter? converter = null)
    {
        if (value is null) return Syntax.Null;
        var element = ElementOf(value, declared, contracts, expression, converter);
        if (value is long or ulong or decimal && element.ValueKind == JsonValueKind.Number && !IsDouble(element.GetRawText()))
            throw Refusal.Of(expression, "it has more digits than a double, in which JSONata calculates", "Use fewer digits, a text, or a Step.");
        return Of(element);
    }

    static bool IsDouble(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
        && decimal.TryParse(double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var kept) && exact == kept;

    /// <summary>A value as the serializer writes it.</summary>
    public static JsonElement ElementOf(object value, Type declared, Contracts contracts, Expression expression, JsonConverter? converter = null)
    {
        try
        {
            return Written(value, Types.IsUntyped(declared) ? value.GetType() : declared, contracts, expression, converter);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw Refusal.Of(expression, $"its value cannot be written as JSON ({exception.Message.TrimEnd('.')})", "Capture a value the serializer can write.");
        }
    }

    public static JsonataFragment Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => Syntax.Null,
        JsonValueKind.True => new("true"),
        JsonValueKind.False => new("false"),
        JsonValueKind.String => Syntax.Text(element.GetString()!),
        JsonValueKind.Array => Syntax.Array([.. element.EnumerateArray().Select(Of)]),
        JsonValueKind.Object => Syntax.Object(element.EnumerateObject().Select(static member => (Syntax.Text(member.Name), Of(member.Value)))),
        _ => Number(element.GetRawText()),
    };

    static JsonataFragment Number(string text) => new(text, text.StartsWith('-') ? Precedence.Negation : Precedence.Atom);

    static JsonElement Written(object value, Type type, Contracts contracts, Expression expression, JsonConverter? converter)
    {
        if (value is JsonElement element) return element;
        if (converter is not null)
        {
            var special = new JsonSerializerOptions(contracts.Options);
            special.Converters.Insert(0, converter);
            return JsonSerializer.SerializeToElement(value, special.GetTypeInfo(Types.Unwrap(type)));
        }

        var info = contracts.InfoOf(type) ?? contracts.InfoOf(Types.Unwrap(type)) ?? contracts.InfoOf(value.GetType());
        if (info is not null) return JsonSerializer.SerializeToElement(value, info);

        // A source-generated context rarely lists int and string by themselves.
        if (Primitives.TryGetTypeInfo(value.GetType(), out var primitive)) return JsonSerializer.SerializeToElement(value, primitive);
        throw Refusal.Of(
            expression, $"the serializer does not know the type {TypeName.Of(type)}", $"Add [JsonSerializable(typeof({TypeName.Of(type)}))] to its context.");
    }
}

/// <summary>The types whose literals need no serializer context of the user's.</summary>
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(byte))]
[JsonSerializable(typeof(sbyte))]
[JsonSerializable(typeof(char))]
[JsonSerializable(typeof(DateOnly))]
[JsonSerializable(typeof(DateTime))]
[JsonSerializable(typeof(DateTimeOffset))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(float))]
[JsonSerializable(typeof(Guid))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(short))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(TimeOnly))]
[JsonSerializable(typeof(TimeSpan))]
[JsonSerializable(typeof(uint))]
[JsonSerializable(typeof(ulong))]
[JsonSerializable(typeof(ushort))]
[JsonSerializable(typeof(Uri))]
internal sealed partial class PrimitiveTypes : JsonSerializerContext;
