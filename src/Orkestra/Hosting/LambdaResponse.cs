using Orkestra.Expressions.Data;

namespace Orkestra.Hosting;

/// <summary>
/// What <c>lambda:invoke</c> answers around a function's payload. The file of a store may keep the payload alone, so what is around it stays as it is: another answer needs
/// another number in the stored form.
/// </summary>
internal static class LambdaResponse
{
    static readonly JsonShape Shape = new(["ExecutedVersion", "Payload", "SdkHttpMetadata", "SdkResponseMetadata", "StatusCode"]);

    static readonly JsonValue Version = "$LATEST";

    static readonly JsonValue HttpMetadata = JsonValue.Parse(
        """
        {
          "AllHttpHeaders": { "X-Amz-Executed-Version": ["$LATEST"], "Connection": ["keep-alive"], "Content-Type": ["application/json"] },
          "HttpHeaders": { "Connection": "keep-alive", "Content-Type": "application/json", "X-Amz-Executed-Version": "$LATEST" },
          "HttpStatusCode": 200
        }
        """);

    static readonly JsonValue ResponseMetadata = JsonValue.Parse("""{ "RequestId": "00000000-0000-4000-8000-000000000000" }""");

    static readonly JsonValue StatusCode = 200;

    /// <summary>The payload of what <see cref="Wrap"/> made; null for any other value.</summary>
    internal static JsonValue? PayloadOf(JsonValue value) =>
        value is JsonObject response && ReferenceEquals(response.Shape, Shape) && ReferenceEquals(response.Values[2], HttpMetadata) ? response.Values[1] : null;

    internal static JsonValue Wrap(JsonValue payload) => new JsonObject(Shape, [Version, payload, HttpMetadata, ResponseMetadata, StatusCode]);
}
