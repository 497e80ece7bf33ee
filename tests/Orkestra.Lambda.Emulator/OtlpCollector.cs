using System.Diagnostics;
using System.Net;
using System.Text;
using System.Threading.Channels;

namespace Orkestra.Lambda.Emulator;

/// <summary>A collector of OpenTelemetry on the loopback interface, as a layer brings one: takes OTLP over HTTP and keeps what came.</summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    readonly HttpListener _listener = new();
    readonly Channel<(string Text, long At)> _received = Channel.CreateUnbounded<(string, long)>();
    readonly Task _serving;

    /// <summary>Starts listening on a free port.</summary>
    public OtlpCollector()
    {
        Endpoint = $"http://127.0.0.1:{FreePort.Find()}";
        _listener.Prefixes.Add(Endpoint + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>What to put into <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public string Endpoint { get; }

    /// <summary>The variables that send a function's spans here.</summary>
    public (string Name, string Value)[] Variables => [("OTEL_EXPORTER_OTLP_ENDPOINT", Endpoint), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")];

    /// <summary>Waits for the next export: its body, of which names are readable, and when it came, in timestamp ticks.</summary>
    public async Task<(string Text, long At)> NextAsync() => await _received.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(2));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var request = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await request.Request.InputStream.CopyToAsync(body);
                _received.Writer.TryWrite((Encoding.Latin1.GetString(body.ToArray()), Stopwatch.GetTimestamp()));
                request.Response.StatusCode = 200;
                request.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }
}
