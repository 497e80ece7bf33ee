using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using Orkestra.Lambda.Runtime;

namespace Orkestra.Benchmarks.RuntimeClients;

/// <summary>The Runtime API over SocketsHttpHandler, without HttpClient's own layers above it and with everything off that the loop does not need.</summary>
sealed class HttpHandlerRuntimeApi : IRuntimeApi, IDisposable
{
    static readonly MediaTypeHeaderValue Json = new("application/json");

    readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
        UseCookies = false,
        UseProxy = false,
    });

    readonly Uri _root;
    readonly Uri _next;
    readonly bool _isBlocking;

    public HttpHandlerRuntimeApi(string endpoint, bool isBlocking)
    {
        _root = new($"http://{endpoint}/2018-06-01/runtime/");
        _next = new(_root, "invocation/next");
        _isBlocking = isBlocking;
    }

    public async ValueTask<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _next);
        using var response = await SendAsync(request, cancellationToken);
        return new()
        {
            RequestId = Header(response, "Lambda-Runtime-Aws-Request-Id")!,
            Deadline = Header(response, "Lambda-Runtime-Deadline-Ms") is { } deadline ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(deadline, CultureInfo.InvariantCulture)) : null,
            InvokedFunctionArn = Header(response, "Lambda-Runtime-Invoked-Function-Arn"),
            TraceHeader = Header(response, "Lambda-Runtime-Trace-Id"),
            ClientContext = Header(response, "Lambda-Runtime-Client-Context"),
            CognitoIdentity = Header(response, "Lambda-Runtime-Cognito-Identity"),
            TenantId = Header(response, "Lambda-Runtime-Aws-Tenant-Id"),
            Payload = await BodyAsync(response, cancellationToken),
        };
    }

    public ValueTask RespondAsync(string requestId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        PostAsync($"invocation/{requestId}/response", null, payload, cancellationToken);

    public ValueTask FailAsync(string requestId, InvocationError error, CancellationToken cancellationToken) =>
        PostAsync($"invocation/{requestId}/error", error, default, cancellationToken);

    public ValueTask FailInitAsync(InvocationError error, CancellationToken cancellationToken) => PostAsync("init/error", error, default, cancellationToken);

    public void Dispose() => _client.Dispose();

    static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    async ValueTask PostAsync(string path, InvocationError? error, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_root, path));
        if (error is not null)
        {
            var body = new ArrayBufferWriter<byte>();
            error.WriteTo(body);
            payload = body.WrittenMemory;
            request.Headers.Add("Lambda-Runtime-Function-Error-Type", error.Type);
        }

        request.Content = new ReadOnlyMemoryContent(payload) { Headers = { ContentType = Json } };
        using var response = await SendAsync(request, cancellationToken);
        _ = await BodyAsync(response, cancellationToken);
        if (!response.IsSuccessStatusCode) throw new RuntimeApiException($"The Runtime API answered {path} with {(int)response.StatusCode}.", (int)response.StatusCode);
    }

    ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _isBlocking ? new(_client.Send(request, cancellationToken)) : new(_client.SendAsync(request, cancellationToken));

    async ValueTask<ReadOnlyMemory<byte>> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!_isBlocking) return await response.Content.ReadAsByteArrayAsync(cancellationToken);
        using var copy = new MemoryStream((int)(response.Content.Headers.ContentLength ?? 0));
        response.Content.ReadAsStream(cancellationToken).CopyTo(copy);
        return copy.GetBuffer().AsMemory(0, (int)copy.Length);
    }
}
