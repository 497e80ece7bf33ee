using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.TestState;

/// <summary>Request and response of an HTTP task, as inspection data tells of them.</summary>
internal static class HttpInspection
{
    internal static JsonObject Request(JsonValue arguments)
    {
        var url = (arguments["ApiEndpoint"] as JsonString)?.Value ?? "";
        var request = JsonObject.Create(("protocol", Protocol(url)), ("method", arguments["Method"] ?? "GET"), ("url", url + Query(arguments["QueryParameters"])));
        if (arguments["Headers"] is { } headers) request = request.With("headers", headers);
        return arguments["RequestBody"] is { } body ? request.With("body", body) : request;
    }

    internal static JsonObject Response(JsonValue result)
    {
        var response = JsonObject.Create(("protocol", "https"));
        if (result["StatusCode"] is { } code) response = response.With("statusCode", code);
        if (result["StatusText"] is { } text) response = response.With("statusMessage", text);
        if (result["Headers"] is { } headers) response = response.With("headers", headers);
        return result["ResponseBody"] is { } body ? response.With("body", body) : response;
    }

    static string Protocol(string url) => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "http" : "https";

    static string Query(JsonValue? parameters)
    {
        if (parameters is not JsonObject { Count: > 0 } members) return "";
        return "?" + string.Join('&', members.Select(member => $"{Uri.EscapeDataString(member.Key)}={Uri.EscapeDataString(member.Value is JsonString text ? text.Value : member.Value.ToJson())}"));
    }
}
