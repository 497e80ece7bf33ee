using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Envelopes;

/// <summary>Payloads in the records of an event.</summary>
internal sealed class RecordsEnvelope(string service, string member, Func<JsonValue, JsonValue?> content, Encoded encoded) : Envelope
{
    internal override JsonValue Open(JsonValue payload, EnvelopeTarget target)
    {
        if (payload[member] is not JsonArray records)
            throw new PayloadException($"The payload is no event of {service}: it has no array '{member}'.");
        return Records.Of(
            [
                .. records.Select((record, index) =>
                    (content(record) is { } found ? Content.Decode(found, encoded, target.Text) : null)
                    ?? throw new PayloadException($"The payload is no event of {service}: its record {index} holds no payload as {service} gives it.")),
            ],
            target);
    }
}
