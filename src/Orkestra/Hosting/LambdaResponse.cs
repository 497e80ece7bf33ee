using Orkestra.Expressions.Data;

namespace Orkestra.Hosting;

/// <summary>What <c>lambda:invoke</c> answers around a function's payload.</summary>
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

    internal static JsonValue Wrap(JsonValue payload) => new JsonObject(Shape, [Version, payload, HttpMetadata, ResponseMetadata, StatusCode]);
}
