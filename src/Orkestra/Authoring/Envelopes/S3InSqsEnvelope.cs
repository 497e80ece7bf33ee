using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Envelopes;

/// <summary>S3 notifications in messages, several in each; none in the one by which S3 tries out a queue.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html</remarks>
internal sealed class S3InSqsEnvelope(RecordsEnvelope messages, RecordsEnvelope notifications) : Envelope
{
    internal override JsonValue Open(JsonValue payload, EnvelopeTarget target) => Records.Of(
        [.. messages.Split(payload).Select((message, index) => messages.Read(message, index, asText: false)).Where(body => body["Event"] is null).SelectMany(Notifications)],
        target);

    IEnumerable<JsonValue> Notifications(JsonValue body) => notifications.Split(body).Select((record, index) => notifications.Read(record, index, asText: false));
}
