using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Envelopes;

/// <summary>Kafka records, which come by topic and partition.</summary>
internal sealed class KafkaEnvelope : Envelope
{
    internal override JsonValue Open(JsonValue payload, EnvelopeTarget target)
    {
        if (payload["records"] is not JsonObject topics)
            throw new PayloadException("The payload is no event of Kafka: it has no object 'records'.");
        return Records.Of(
            [
                .. topics.SelectMany(topic => topic.Value is JsonArray records ? records : JsonArray.Empty).Select(record =>
                    (record["value"] is { } value ? Content.Decode(value, Encoded.Base64, target.Text) : null)
                    ?? throw new PayloadException("The payload is no event of Kafka: a record has no value in Base64.")),
            ],
            target);
    }
}
