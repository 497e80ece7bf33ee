using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Payloads;

/// <summary>
/// Says why a payload does not fit a type: where, and what is there. The sentence goes into logs and into the causes of errors, so it holds no content of the payload:
/// no values, and no keys of dictionaries, which are data as well.
/// </summary>
internal static class PayloadProblem
{
    // Of a cycle only the beginning helps.
    const int LongestPath = 80;

    /// <summary>The kind of a value, such as <c>an array of 3 elements</c>.</summary>
    public static string KindOf(JsonValue payload) => payload switch
    {
        JsonObject => "an object",
        JsonArray array => string.Create(CultureInfo.InvariantCulture, $"an array of {array.Count} element{(array.Count == 1 ? "" : "s")}"),
        JsonString => "a string",
        JsonNumber => "a number",
        JsonBoolean => "a boolean",
        _ => "null",
    };

    /// <summary>The serializer's sentence with the path, and with the kind of what is there when a payload is read.</summary>
    public static string Sentence(Exception exception, JsonTypeInfo? type, JsonValue? payload)
    {
        // The serializer appends where it was: "Path: $.price | LineNumber: 0 | BytePositionInLine: 12." Only the path helps here.
        var message = exception.Message;
        var at = message.IndexOf(" | LineNumber", StringComparison.Ordinal);
        if (at >= 0) message = $"{message[..at]}.";
        // It advises references, which expressions and maps cannot read.
        if (message.IndexOf(" Consider using ReferenceHandler.Preserve", StringComparison.Ordinal) is >= 0 and var advice && message.IndexOf(" Path: $", advice, StringComparison.Ordinal) is >= 0 and var rest)
            message = $"{message[..advice]} Mark a member that leads back to its owner with [JsonIgnore].{message[rest..]}";
        var start = message.LastIndexOf("Path: $", StringComparison.Ordinal);
        if (start < 0) return message;
        var (path, there, read) = Describe(message[(start + "Path: ".Length)..^1], type, payload);
        if (path.Length > LongestPath) return $"{message[..start]}Path: {path[..LongestPath]}…";
        return $"{message[..start]}Path: {path}{(there is null ? "" : $", where there is {KindOf(there)}")}.{(there is JsonString ? EnumAdvice(read) : "")}";
    }

    static string EnumAdvice(JsonTypeInfo? info)
    {
        if (info is null || (Nullable.GetUnderlyingType(info.Type) ?? info.Type) is not { IsEnum: true } type || InfoOf(info, type) is not { } number) return "";
        var isNumber = JsonSerializer.SerializeToElement(Enum.ToObject(type, 0), number).ValueKind == JsonValueKind.Number;
        return isNumber ? $" {TypeName.Of(type)} is read as a number. Write the number, or add [JsonConverter(typeof(JsonStringEnumConverter<{TypeName.Of(type)}>))] to the enum, which then travels by name." : "";
    }

    /// <summary>Whether an exception of the serializer names nothing of the payload, so that it may travel as the inner exception.</summary>
    public static bool IsFreeOfContent(Exception exception, JsonTypeInfo? type) =>
        exception is not JsonException { Path: { } path } || Describe(path, type, null).Path == path;

    static (string Path, JsonValue? There, JsonTypeInfo? Type) Describe(string path, JsonTypeInfo? type, JsonValue? payload)
    {
        var text = new StringBuilder("$");
        var there = payload;
        for (var at = 1; at < path.Length;)
        {
            var (name, end) = Segment(path, at);
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && path[at] == '[' && path[at + 1] != '\'')
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
                there = there is JsonArray array && index < array.Count ? array[index] : null;
                type = ElementOf(type, index);
            }
            else if (type is { Kind: JsonTypeInfoKind.Object } && type.Properties.FirstOrDefault(property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase)) is { } member)
            {
                text.Append(path.AsSpan(at, end - at));
                there = (there as JsonObject)?[name];
                type = InfoOf(type, member.PropertyType);
            }
            else
            {
                text.Append("[*]");
                there = (there as JsonObject)?[name];
                type = type is { Kind: JsonTypeInfoKind.Dictionary, ElementType: { } value } ? InfoOf(type, value) : null;
            }

            at = end;
        }

        return (text.ToString(), there, type);
    }

    // ".name", "['na.me']" or "[0]".
    static (string Name, int End) Segment(string path, int at)
    {
        if (path[at] == '.')
        {
            var end = path.AsSpan(at + 1).IndexOfAny('.', '[');
            end = end < 0 ? path.Length : at + 1 + end;
            return (path[(at + 1)..end], end);
        }

        var quoted = path.AsSpan(at).StartsWith("['");
        var close = path.IndexOf(quoted ? "']" : "]", at, StringComparison.Ordinal);
        if (close < 0) return (path[at..], path.Length);
        return quoted ? (path[(at + 2)..close], close + 2) : (path[(at + 1)..close], close + 1);
    }

    static JsonTypeInfo? ElementOf(JsonTypeInfo? type, int index)
    {
        if (type is null) return null;
        if (PayloadTypes.IsTuple(type.Type)) return index < type.Type.GetGenericArguments().Length ? InfoOf(type, type.Type.GetGenericArguments()[index]) : null;
        return type is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } ? InfoOf(type, element) : null;
    }

    static JsonTypeInfo? InfoOf(JsonTypeInfo owner, Type type) => owner.Options.TryGetTypeInfo(type, out var info) ? info : null;
}
