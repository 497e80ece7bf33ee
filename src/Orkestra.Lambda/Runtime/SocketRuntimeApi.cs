using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Text;

namespace Orkestra.Lambda.Runtime;

/// <summary>
/// The Runtime API over one blocking socket. A function answers one invocation at a time, so a blocked thread costs nothing, while
/// asynchronous I/O would start threads and pools before the first answer.
/// </summary>
internal sealed class SocketRuntimeApi : IRuntimeApi, IDisposable
{
    const string Root = "/2018-06-01/runtime/";

    readonly RuntimeApiConnection _connection;
    readonly string _endpoint;
    readonly byte[] _next;
    readonly ArrayBufferWriter<byte> _body = new();
    byte[] _head = new byte[512];
    bool _stopped;

    /// <param name="endpoint">Host and port as <c>AWS_LAMBDA_RUNTIME_API</c> gives them.</param>
    public SocketRuntimeApi(string endpoint)
    {
        _endpoint = endpoint;
        var colon = endpoint.LastIndexOf(':');
        var port = 80;
        if (endpoint.Length == 0 || colon == 0 || (colon > 0 && !int.TryParse(endpoint.AsSpan(colon + 1), out port)))
            throw new RuntimeApiException($"AWS_LAMBDA_RUNTIME_API is '{endpoint}', which is not host:port.");
        _connection = new(colon < 0 ? endpoint : endpoint[..colon], port);
        _next = Encoding.ASCII.GetBytes($"GET {Root}invocation/next HTTP/1.1\r\nHost: {endpoint}\r\nUser-Agent: orkestra-dotnet\r\n\r\n");
    }

    /// <inheritdoc/>
    public ValueTask<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.CanBeCanceled ? cancellationToken.UnsafeRegister(static api => ((SocketRuntimeApi)api!).Stop(), this) : default;
        cancellationToken.ThrowIfCancellationRequested();
        var head = _connection.Head;
        ReadOnlyMemory<byte> payload;
        try
        {
            payload = _connection.Get(_next);
        }
        catch (RuntimeApiException exception) when (IsRequestId(head.RequestId))
        {
            throw new RuntimeApiException(exception.Message, exception) { RequestId = head.RequestId };
        }
        catch (SocketException) when (_stopped)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (SocketException exception)
        {
            throw Unreachable(exception);
        }

        if (head.Status != 200)
            throw Refused("next", payload.Span);
        return ValueTask.FromResult(new Invocation
        {
            RequestId = IsRequestId(head.RequestId) ? head.RequestId : throw new RuntimeApiException($"The host at {_endpoint} handed out an invocation without a request id."),
            Deadline = head.Deadline,
            InvokedFunctionArn = head.InvokedFunctionArn,
            TraceHeader = head.TraceId,
            ClientContext = head.ClientContext,
            CognitoIdentity = head.CognitoIdentity,
            TenantId = head.TenantId,
            Payload = payload,
        });
    }

    /// <inheritdoc/>
    public ValueTask RespondAsync(string requestId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        Post("invocation/", requestId, "/response", null, payload.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FailAsync(string requestId, InvocationError error, CancellationToken cancellationToken)
    {
        Post("invocation/", requestId, "/error", error.Type, Body(error));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FailInitAsync(InvocationError error, CancellationToken cancellationToken)
    {
        Post("init/error", "", "", error.Type, Body(error));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    // It becomes part of the address of the answer.
    static bool IsRequestId([NotNullWhen(true)] string? text)
    {
        if (text is not { Length: > 0 and <= 1024 })
            return false;
        foreach (var letter in text)
            if (letter is <= ' ' or >= '\x7f' or '/' or '?' or '#' or '%')
                return false;
        return true;
    }

    void Stop()
    {
        _stopped = true;
        _connection.Dispose();
    }

    ReadOnlySpan<byte> Body(InvocationError error)
    {
        _body.ResetWrittenCount();
        error.WriteTo(_body);
        return _body.WrittenSpan;
    }

    void Post(string path, string requestId, string suffix, string? errorType, ReadOnlySpan<byte> body)
    {
        ReadOnlyMemory<byte> answer;
        try
        {
            answer = _connection.Post(Head(path, requestId, suffix, errorType, body.Length), body);
        }
        catch (SocketException exception)
        {
            throw Unreachable(exception);
        }

        if (_connection.Head.Status is < 200 or >= 300)
            throw Refused(path + requestId + suffix, answer.Span);
    }

    ReadOnlySpan<byte> Head(string path, string requestId, string suffix, string? errorType, int length)
    {
        var need = 256 + _endpoint.Length + requestId.Length + (errorType?.Length ?? 0);
        if (_head.Length < need)
            _head = new byte[need];
        var written = 0;
        Add("POST "u8);
        AddText(Root);
        AddText(path);
        AddText(requestId);
        AddText(suffix);
        Add(" HTTP/1.1\r\nHost: "u8);
        AddText(_endpoint);
        if (errorType is not null)
        {
            Add("\r\nLambda-Runtime-Function-Error-Type: "u8);
            foreach (var letter in errorType)
                _head[written++] = letter is > ' ' and < '\x7f' ? (byte)letter : (byte)'_';
        }

        Add("\r\nContent-Type: application/json\r\nContent-Length: "u8);
        length.TryFormat(_head.AsSpan(written), out var digits);
        written += digits;
        Add("\r\n\r\n"u8);
        return _head.AsSpan(0, written);

        void Add(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_head.AsSpan(written));
            written += bytes.Length;
        }

        void AddText(string text) => written += Encoding.ASCII.GetBytes(text, _head.AsSpan(written));
    }

    RuntimeApiException Unreachable(SocketException exception) =>
        new($"The Lambda Runtime API at {_endpoint} cannot be reached: {exception.Message}.", exception);

    RuntimeApiException Refused(string call, ReadOnlySpan<byte> answer) =>
        new($"The Lambda Runtime API answered {call} with {_connection.Head.Status}: {Encoding.UTF8.GetString(answer[..Math.Min(answer.Length, 512)])}", _connection.Head.Status);
}
