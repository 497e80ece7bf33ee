using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Envelopes;

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
