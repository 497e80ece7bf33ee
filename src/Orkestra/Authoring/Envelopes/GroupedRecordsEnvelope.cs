using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Envelopes;

/// <summary>Records in groups, such as Kafka's topics and partitions; in an array where EventBridge Pipes hands them on.</summary>
internal sealed class GroupedRecordsEnvelope(string service, string groups, string content) : Envelope, IRecords
{
    public IReadOnlyList<JsonValue> Split(JsonValue payload) => payload switch
    {
        JsonArray records => records,
        _ when payload[groups] is JsonObject found => [.. found.SelectMany(group => group.Value is JsonArray records ? records : JsonArray.Empty)],
        _ => throw new PayloadException($"Not a valid {service} event: it has no object '{groups}'."),
    };

    public JsonValue Read(JsonValue record, int index, bool asText) =>
        (record[content] is { } value ? Content.Decode(value, Encoded.Base64, asText) : null)
        ?? throw new PayloadException($"Not a valid {service} event: record {index} has no Base64 {content}.");

    internal override JsonValue Open(JsonValue payload, EnvelopeTarget target) => Records.Of(this, payload, target);
}
