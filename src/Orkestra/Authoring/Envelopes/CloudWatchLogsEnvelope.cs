using System.IO.Compression;
using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Envelopes;

/// <summary>Log events, which come compressed.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html</remarks>
internal sealed class CloudWatchLogsEnvelope : Envelope
{
    internal override JsonValue Open(JsonValue payload, EnvelopeTarget target)
    {
        if (payload["awslogs"]?["data"] is not JsonString data || Content.FromBase64(data.Value) is not { } bytes || Unpack(bytes) is not JsonObject log || log["logEvents"] is not JsonArray events)
            throw new PayloadException("Not a valid CloudWatch Logs event: it has no compressed 'awslogs.data'.");
        return Records.Of([.. events.Select(entry => entry["message"] is JsonString message ? Content.OfText(message.Value, target.Text) : JsonValue.Null)], target);
    }

    static JsonValue? Unpack(byte[] bytes)
    {
        try
        {
            using var unzipped = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress), Encoding.UTF8);
            return JsonValue.Parse(unzipped.ReadToEnd());
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonFormatException)
        {
            return null;
        }
    }
}
