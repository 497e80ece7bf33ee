using System.Buffers;
using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Integrations;

/// <summary>The request of an HTTP task, made of its parameters and of its connection.</summary>
internal static class HttpTaskRequest
{
    static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];

    // What a task may not set itself; what authorizes belongs into the connection.
    static readonly HashSet<string> Forbidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "A-IM", "Accept-Charset", "Accept-Datetime", "Accept-Encoding", "Authorization", "Cache-Control", "Connection", "Content-Encoding", "Content-MD5", "Date", "Expect", "Forwarded",
        "From", "Host", "HTTP2-Settings", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range", "If-Unmodified-Since", "Max-Forwards", "Origin", "Pragma",
        "Proxy-Authorization", "Referer", "Server", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Via", "Warning",
    };

    static readonly string[] ForbiddenPrefixes = ["X-Forwarded-", "X-Amz-", "X-Amzn-"];

    static readonly SearchValues<char> NameCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    static readonly SearchValues<char> LineBreaks = SearchValues.Create("\r\n\0");

    /// <exception cref="FormatException">The parameters make no request; the message is the cause the task fails with.</exception>
    internal static HttpRequestMessage Create(JsonValue parameters, HttpTaskConnection connection, string region, bool allowsPlainHttp)
    {
        var method = Required(parameters, "Method");
        if (!Methods.Contains(method)) throw new FormatException($"The Method '{method}' is not supported; use one of {string.Join(", ", Methods)}.");
        var request = new HttpRequestMessage(new HttpMethod(method), Address(parameters, connection, allowsPlainHttp));
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["User-Agent"] = $"Amazon|StepFunctions|HttpInvoke|{region}",
            ["Range"] = "bytes=0-262144",
        };
        foreach (var (name, value) in Members(parameters, "Headers"))
        {
            if (Forbidden.Contains(name) || ForbiddenPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
                throw new FormatException($"The header '{name}' cannot be set by an HTTP task.");
            headers[name] = Header(value);
        }

        foreach (var (name, value) in connection.Headers) headers[name] = value;
        request.Content = Body(parameters, connection, headers);
        foreach (var (name, value) in headers)
        {
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameCharacters)) throw new FormatException($"'{name}' cannot be the name of a header.");
            if (value.AsSpan().ContainsAny(LineBreaks)) throw new FormatException($"The header '{name}' has a line break in its value.");
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    static Uri Address(JsonValue parameters, HttpTaskConnection connection, bool allowsPlainHttp)
    {
        var endpoint = Required(parameters, "ApiEndpoint");
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new FormatException($"The ApiEndpoint '{endpoint}' is not the address of an HTTPS API.");
        if (address.Scheme == "http" && !allowsPlainHttp && !address.IsLoopback) throw new FormatException($"The ApiEndpoint '{endpoint}' must begin with https://.");
        var query = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (var (name, value) in Members(parameters, "QueryParameters")) query[name] = value;
        foreach (var (name, value) in connection.QueryParameters) query[name] = value;
        if (query.Count == 0) return address;
        var pairs = query.SelectMany(parameter => parameter.Value is JsonArray values
            ? values.ToArray().Select(value => Pair(parameter.Key, value))
            : [Pair(parameter.Key, parameter.Value)]);
        return new UriBuilder(address) { Query = string.Join('&', pairs.Prepend(address.Query.TrimStart('?')).Where(part => part.Length > 0)) }.Uri;
    }

    static string Pair(string name, JsonValue value) => $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(FormEncoding.Plain(value))}";

    static ByteArrayContent? Body(JsonValue parameters, HttpTaskConnection connection, Dictionary<string, string> headers)
    {
        var body = parameters["RequestBody"];
        if (connection.Body.Count > 0)
        {
            if (body is not (null or JsonObject)) throw new FormatException("The RequestBody must be an object, because the connection adds fields to it.");
            var merged = body as JsonObject ?? JsonObject.Empty;
            foreach (var (name, value) in connection.Body) merged = merged.With(name, value);
            body = merged;
        }

        var type = headers.Remove("Content-Type", out var given) ? given : "application/json; charset=UTF-8";
        if (body is null) return null;
        var transform = parameters["Transform"];
        string text;
        if (transform?["RequestBodyEncoding"] is JsonString { Value: "URL_ENCODED" })
        {
            if (body is not JsonObject fields) throw new FormatException("A RequestBody that is to be URL-encoded must be an object.");
            text = FormEncoding.Encode(fields, (transform["RequestEncodingOptions"]?["ArrayFormat"] as JsonString)?.Value);
            if (given is null) type = "application/x-www-form-urlencoded";
        }
        else
        {
            // Text is sent as it is, unless it is to be JSON.
            text = body is JsonString plain && !type.Contains("json", StringComparison.OrdinalIgnoreCase) ? plain.Value : body.ToJson();
        }

        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        if (type.AsSpan().ContainsAny(LineBreaks)) throw new FormatException("The header 'Content-Type' has a line break in its value.");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    static string Header(JsonValue value) => value is JsonArray values ? string.Join(", ", values.ToArray().Select(FormEncoding.Plain)) : FormEncoding.Plain(value);

    static string Required(JsonValue parameters, string name) => parameters[name] is JsonString { Value.Length: > 0 } text
        ? text.Value : throw new FormatException($"An HTTP task needs the text '{name}'.");

    static JsonObject Members(JsonValue parameters, string name) => parameters[name] switch
    {
        null or JsonNull => JsonObject.Empty,
        JsonObject members => members,
        _ => throw new FormatException($"The field '{name}' of an HTTP task must be an object."),
    };
}
