using System.Text.Json.Nodes;

/// <summary>What API Gateway makes an HTTP response of.</summary>
public sealed record HttpResponse(int StatusCode, Dictionary<string, string> Headers, string Body)
{
    public static HttpResponse Json(int status, JsonObject body) =>
        new(status, new() { ["content-type"] = "application/json" }, body.ToJsonString());
}
