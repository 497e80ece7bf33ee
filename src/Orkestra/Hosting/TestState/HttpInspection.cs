using Orkestra.Expressions.Data;
using Orkestra.Hosting.Integrations;

namespace Orkestra.Hosting.TestState;

/// <summary>Request and response of an HTTP task in the form of inspection data.</summary>
internal static class HttpInspection
{
    /// <param name="arguments">The task's parameters or arguments.</param>
    /// <param name="connection">What the connection adds, when its secrets may be shown; null otherwise.</param>
    internal static JsonObject Request(JsonValue arguments, HttpTaskConnection? connection)
    {
        var url = (arguments["ApiEndpoint"] as JsonString)?.Value ?? "";
        var query = Merged(arguments["QueryParameters"], connection?.QueryParameters);
        var request = JsonObject.Create(("protocol", Protocol(url)), ("method", arguments["Method"] ?? "GET"), ("url", url + Query(query)));
        if (Merged(arguments["Headers"], connection?.Headers) is { } headers) request = request.With("headers", headers);
        var body = arguments["RequestBody"];
        if (connection?.Body is { Count: > 0 } && body is null or JsonObject)
        {
            var merged = body as JsonObject ?? JsonObject.Empty;
            foreach (var (name, value) in connection!.Body) merged = merged.With(name, value);
            body = merged;
        }

        return body is null ? request : request.With("body", body);
    }

    static JsonValue? Merged(JsonValue? given, IReadOnlyDictionary<string, string>? added)
    {
        if (added is not { Count: > 0 }) return given;
        var merged = given as JsonObject ?? JsonObject.Empty;
        foreach (var (name, value) in added) merged = merged.With(name, value);
        return merged;
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
