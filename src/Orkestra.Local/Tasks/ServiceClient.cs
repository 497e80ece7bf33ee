using System.Net.Http.Headers;
using Orkestra.Expressions.Data;

namespace Orkestra.Local.Tasks;

/// <summary>Sends signed requests to the endpoints that the environment names.</summary>
internal sealed class ServiceClient(Func<string, string?> environment, string region) : IDisposable
{
    // A redirect would take the request, signed for one address, to another.
    readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The address of a service; null when none is named.</summary>
    internal Uri? EndpointOf(ForwardedService service)
    {
        foreach (var variable in (string[])[.. service.Variables, "AWS_ENDPOINT_URL"])
        {
            if (environment(variable) is { Length: > 0 } value && Uri.TryCreate(value.TrimEnd('/'), UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return address;
        }

        return null;
    }

    /// <summary>Calls a service.</summary>
    /// <param name="service">The service; its endpoint is known.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path and query after the endpoint, escaped; begins with a slash.</param>
    /// <param name="content">The body.</param>
    /// <param name="headers">Further headers.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The response, whatever its status.</returns>
    /// <exception cref="ServiceCallException">There is no answer.</exception>
    internal async Task<ServiceResponse> SendAsync(
        ForwardedService service, HttpMethod method, string path, byte[] content, IReadOnlyList<(string Name, string Value)> headers, CancellationToken cancellationToken)
    {
        var address = new Uri(EndpointOf(service)!.AbsoluteUri.TrimEnd('/') + path);
        using var request = new HttpRequestMessage(method, address);
        if (method != HttpMethod.Get && method != HttpMethod.Head) request.Content = new ByteArrayContent(content);
        foreach (var (name, value) in headers)
        {
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) && request.Content is { } body) body.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else request.Headers.TryAddWithoutValidation(name, value);
        }

        new SignatureV4(
            environment("AWS_ACCESS_KEY_ID") is { Length: > 0 } id ? id : "local", environment("AWS_SECRET_ACCESS_KEY") is { Length: > 0 } secret ? secret : "local",
            environment("AWS_SESSION_TOKEN"), region, service.Signing).Sign(request, content, TimeProvider.System.GetUtcNow());
        try
        {
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return new ServiceResponse((int)response.StatusCode, bytes, [.. response.Headers, .. response.Content.Headers]);
        }
        catch (HttpRequestException problem)
        {
            throw new ServiceCallException(ServiceCallException.NoAnswer, $"Unable to execute HTTP request to {address.GetLeftPart(UriPartial.Authority)}: {problem.Message}", 0);
        }
    }

    /// <summary>Calls an action of a service that speaks AWS JSON.</summary>
    /// <exception cref="ServiceCallException">The service refuses, or does not answer.</exception>
    internal async Task<JsonObject> CallJsonAsync(ForwardedService service, string target, string version, JsonValue request, CancellationToken cancellationToken)
    {
        var response = await SendAsync(
            service, HttpMethod.Post, "/", request.ToUtf8Bytes(), [("Content-Type", $"application/x-amz-json-{version}"), ("X-Amz-Target", target)], cancellationToken).ConfigureAwait(false);
        var answer = response.Json();
        if (response.IsSuccess) return answer as JsonObject ?? JsonObject.Empty;
        var type = (answer["__type"] as JsonString)?.Value ?? response.Header("x-amzn-errortype") ?? $"HttpStatus{response.Status}";
        // com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException
        throw new ServiceCallException(type[(type.IndexOf('#', StringComparison.Ordinal) + 1)..].Split(':')[0], MessageOf(answer), response.Status, response.RequestId);
    }

    public void Dispose() => http.Dispose();

    internal static string MessageOf(JsonValue answer) => (answer["message"] as JsonString ?? answer["Message"] as JsonString)?.Value ?? "null";
}

/// <summary>What a service answered.</summary>
internal sealed record ServiceResponse(int Status, byte[] Body, IReadOnlyList<KeyValuePair<string, IEnumerable<string>>> Headers)
{
    internal bool IsSuccess => Status is >= 200 and < 300;

    internal string? RequestId => Header("x-amzn-RequestId") ?? Header("x-amz-request-id");

    internal string? Header(string name) => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();

    /// <summary>The body as JSON; JSON null if the body is empty or is not JSON.</summary>
    internal JsonValue Json()
    {
        try
        {
            return Body.Length == 0 ? JsonValue.Null : JsonValue.Parse(Body);
        }
        catch (JsonFormatException)
        {
            return JsonValue.Null;
        }
    }
}
