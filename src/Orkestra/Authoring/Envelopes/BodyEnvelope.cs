using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Envelopes;

/// <summary>The body of an HTTP request, which may be in Base64; null when there is none.</summary>
internal sealed class BodyEnvelope(string service) : Envelope
{
    internal override JsonValue Open(JsonValue payload, EnvelopeTarget target)
    {
        if (payload is not JsonObject || (payload["headers"] is null && payload["body"] is null && payload["requestContext"] is null))
            throw new PayloadException($"Not a valid {service} event: it has neither a body nor headers.");
        if (payload["body"] is not JsonString body) return payload["body"] ?? JsonValue.Null;
        if ((payload["isBase64Encoded"] ?? payload["is_base64_encoded"]) is not JsonBoolean { Value: true }) return Content.OfText(body.Value, target.Text);
        return Content.FromBase64(body.Value) is { } bytes
            ? Content.OfText(Encoding.UTF8.GetString(bytes), target.Text)
            : throw new PayloadException($"Not a valid {service} event: isBase64Encoded is true, but the body isn't Base64.");
    }
}
