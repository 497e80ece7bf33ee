using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Orkestra.Lambda.Emulator;

/// <summary>The Lambda Runtime API on the loopback interface: hands out queued requests and keeps the answers.</summary>
public sealed class RuntimeApiEmulator : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly Channel<LambdaRequest> _requests = Channel.CreateUnbounded<LambdaRequest>();
    readonly ConcurrentDictionary<string, TaskCompletionSource<LambdaAnswer>> _answers = new();
    readonly TaskCompletionSource<LambdaAnswer> _initError = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly CancellationTokenSource _stop = new();
    readonly Task _accepting;
    int _connections;

    /// <summary>Starts listening on a free port.</summary>
    public RuntimeApiEmulator()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>What to put into <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string Endpoint => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The error of a function that could not start.</summary>
    public Task<LambdaAnswer> InitError => _initError.Task;

    /// <summary>How many connections were opened.</summary>
    public int Connections => _connections;

    /// <summary>The first lines and headers of the posts that came, in order.</summary>
    public ConcurrentQueue<string> Posts { get; } = new();

    /// <summary>A status to answer posts of responses with; 202 unless set.</summary>
    public int ResponseStatus { get; set; } = 202;

    /// <summary>Queues an invocation and waits for its answer.</summary>
    public Task<LambdaAnswer> InvokeAsync(string payload) => InvokeAsync(new LambdaRequest(payload));

    /// <inheritdoc cref="InvokeAsync(string)"/>
    public Task<LambdaAnswer> InvokeAsync(LambdaRequest request)
    {
        var answer = _answers.GetOrAdd(request.RequestId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        _requests.Writer.TryWrite(request);
        return answer.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        client.NoDelay = true;
        using var stream = client.GetStream();
        try
        {
            while (await ReadRequestAsync(stream) is { } request)
            {
                if (request.Line.Contains("/invocation/next ", StringComparison.Ordinal))
                {
                    var next = await _requests.Reader.ReadAsync(_stop.Token);
                    await stream.WriteAsync(Answer(next), _stop.Token);
                    if (next.ClosesAfter)
                        return;
                }
                else
                {
                    Posts.Enqueue(request.Head);
                    var status = request.Line.Contains("/response ", StringComparison.Ordinal) ? ResponseStatus : 202;
                    if (status == 202)
                        Keep(request.Line, request.Head, request.Body);
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Answer\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{{\"status\":\"OK\"}}"), _stop.Token);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
        }
    }

    void Keep(string line, string head, string body)
    {
        var at = Stopwatch.GetTimestamp();
        var path = line.Split(' ')[1].Split('/');
        var type = head.Split("\r\n").FirstOrDefault(header => header.StartsWith("Lambda-Runtime-Function-Error-Type: ", StringComparison.Ordinal))?[36..];
        if (path[^2] == "init")
            _initError.TrySetResult(new("", true, type, body, at));
        else
            _answers.GetOrAdd(path[^2], _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult(new(path[^2], path[^1] == "error", type, body, at));
    }

    static byte[] Answer(LambdaRequest request)
    {
        var head = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n");
        Header("Lambda-Runtime-Aws-Request-Id", request.RequestId);
        Header("Lambda-Runtime-Deadline-Ms", (DateTimeOffset.UtcNow + request.Timeout).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        Header("Lambda-Runtime-Invoked-Function-Arn", request.Arn);
        Header("Lambda-Runtime-Trace-Id", request.TraceId);
        foreach (var (name, value) in request.Headers)
            Header(name, value);
        var payload = request.Bytes?.ToArray() ?? Encoding.UTF8.GetBytes(request.Payload);
        if (!request.Chunked)
        {
            Header("Content-Length", payload.Length.ToString(CultureInfo.InvariantCulture));
            return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. payload];
        }

        Header("Transfer-Encoding", "chunked");
        var bytes = new List<byte>(Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()));
        foreach (var chunk in payload.Chunk(1000))
        {
            bytes.AddRange(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"));
            bytes.AddRange(chunk);
            bytes.AddRange("\r\n"u8);
        }

        bytes.AddRange("0\r\n\r\n"u8);
        return [.. bytes];

        void Header(string name, string? value)
        {
            if (value is not null)
                head.Append(name).Append(": ").Append(value).Append("\r\n");
        }
    }

    static async Task<(string Line, string Head, string Body)?> ReadRequestAsync(NetworkStream stream)
    {
        var received = new List<byte>();
        var buffer = new byte[64 * 1024];
        int end;
        while ((end = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(received).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var count = await stream.ReadAsync(buffer);
            if (count == 0)
                return null;
            received.AddRange(buffer.AsSpan(0, count));
        }

        var head = Encoding.ASCII.GetString([.. received[..end]]);
        var length = head.Split("\r\n").FirstOrDefault(header => header.StartsWith("Content-Length: ", StringComparison.Ordinal)) is { } header ? int.Parse(header[16..], CultureInfo.InvariantCulture) : 0;
        while (received.Count < end + 4 + length)
        {
            var count = await stream.ReadAsync(buffer);
            if (count == 0)
                return null;
            received.AddRange(buffer.AsSpan(0, count));
        }

        return (head.Split("\r\n")[0], head, Encoding.UTF8.GetString([.. received[(end + 4)..(end + 4 + length)]]));
    }
}
