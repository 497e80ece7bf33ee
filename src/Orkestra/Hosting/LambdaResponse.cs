using Orkestra.Expressions.Data;

namespace Orkestra.Hosting;

/// <summary>
/// What <c>lambda:invoke</c> answers around a function's payload, as the engine makes it of <see cref="TaskOutcome.Payload"/>. What is around the payload is the same in every
/// response, so a store may keep the payload alone.
/// </summary>
public static class LambdaResponse
{
    // The files of stores rest on what is around a payload: another answer needs another number in the stored form.
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

    /// <summary>The payload of a response that <see cref="Wrap"/> made in this process; null for any other value, also for one that was read from JSON.</summary>
    /// <param name="value">The value.</param>
    public static JsonValue? PayloadOf(JsonValue value) =>
        value is JsonObject response && ReferenceEquals(response.Shape, Shape) && ReferenceEquals(response.Values[2], HttpMetadata) ? response.Values[1] : null;

    /// <summary>Makes the response of a function: an object with <c>ExecutedVersion</c>, <c>Payload</c>, <c>SdkHttpMetadata</c>, <c>SdkResponseMetadata</c> and <c>StatusCode</c> 200.</summary>
    /// <param name="payload">What the function returned.</param>
    public static JsonObject Wrap(JsonValue payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        return JsonObject.Wrap(Shape, [Version, payload, HttpMetadata, ResponseMetadata, StatusCode]);
    }
}
