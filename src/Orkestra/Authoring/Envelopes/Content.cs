using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Envelopes;

/// <summary>Reads what a record holds.</summary>
internal static class Content
{
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonValue? value)
    {
        try
        {
            value = JsonValue.Parse(text);
            return true;
        }
        catch (JsonFormatException)
        {
            value = null;
            return false;
        }
    }

    /// <summary>A record's payload; null when the record does not hold it in this way.</summary>
    public static JsonValue? Decode(JsonValue content, Encoded encoded, bool asText) => encoded switch
    {
        Encoded.Text => content is JsonString text ? OfText(text.Value, asText) : content,
        Encoded.Base64 => content is JsonString text && FromBase64(text.Value) is { } bytes ? OfText(Encoding.UTF8.GetString(bytes), asText) : null,
        Encoded.S3 => DecodeKey(content),
        Encoded.DynamoDb => content is JsonObject image ? DynamoDbValue.OfItem(image) : null,
        _ => content,
    };

    /// <summary>Text as JSON, or as it is for a step that takes text, or where it is no JSON.</summary>
    public static JsonValue OfText(string text, bool asText) => !asText && TryParse(text, out var value) ? value : text;

    public static byte[]? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    static JsonObject? DecodeKey(JsonValue content)
    {
        if (content is not JsonObject s3 || s3["object"] is not JsonObject inner || inner["key"] is not JsonString key) return null;
        var decoded = JsonObject.Create([.. inner.Select(member => (member.Key, member.Key == "key" ? WebUtility.UrlDecode(key.Value) : member.Value))]);
        return JsonObject.Create([.. s3.Select(member => (member.Key, member.Key == "object" ? decoded : member.Value))]);
    }
}

/// <summary>Plain JSON of DynamoDB's typed values.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html</remarks>
internal static class DynamoDbValue
{
    public static JsonObject OfItem(JsonObject item) => JsonObject.Create([.. item.Select(member => (member.Key, Of(member.Value)))]);

    static JsonValue Of(JsonValue value)
    {
        if (value is not JsonObject { Count: 1 } typed) return value;
        var (type, inner) = typed.First();
        return (type, inner) switch
        {
            ("N", JsonString number) => JsonNumber.Parse(number.Value),
            ("NS", JsonArray numbers) => JsonArray.Create([.. numbers.Select(number => number is JsonString text ? JsonNumber.Parse(text.Value) : number)]),
            ("NULL", _) => JsonValue.Null,
            ("M", JsonObject map) => OfItem(map),
            ("L", JsonArray list) => JsonArray.Create([.. list.Select(Of)]),
            _ => inner,
        };
    }
}
