using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Envelopes;

/// <summary>Payloads in the records of an event, or of an array: EventBridge Pipes hands records on without anything around them.</summary>
internal sealed class RecordsEnvelope(string service, string member, Func<JsonValue, JsonValue?> content, Encoded encoded) : Envelope, IRecords
{
    public IReadOnlyList<JsonValue> Split(JsonValue payload) =>
        payload as JsonArray ?? payload[member] as JsonArray ?? throw new PayloadException($"Not a valid {service} event: it has no array '{member}'.");

    public JsonValue Read(JsonValue record, int index, bool asText) =>
        (content(record) is { } found ? Content.Decode(found, encoded, asText) : null)
        ?? throw new PayloadException($"Not a valid {service} event: record {index} has no payload in the form that {service} sends.");

    internal override JsonValue Open(JsonValue payload, EnvelopeTarget target) => Records.Of(this, payload, target);
}
