using System.Text.Json;

/// <summary>What API Gateway makes an HTTP response of.</summary>
public sealed record HttpResponse(int StatusCode, Dictionary<string, string> Headers, string Body)
{
    public static HttpResponse Json<T>(int status, T body) =>
        new(status, new() { ["content-type"] = "application/json" }, JsonSerializer.Serialize(body, JsonSerializerOptions.Web));
}
