using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orkestra.Aspire.Hosting.Tests;

/// <summary>Receives traces as the dashboard of Aspire does, over HTTP.</summary>
sealed class TraceReceiver : IDisposable
{
    readonly HttpListener listener = new();
    readonly TaskCompletionSource<string> traces = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TraceReceiver()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        listener.Prefixes.Add(Address + "/");
        listener.Start();
        _ = ReceiveAsync();
    }

    public string Address { get; }

    /// <summary>The first traces that come; texts in them are readable.</summary>
    public Task<string> Traces => traces.Task;

    public void Dispose() => listener.Close();

    async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                context.Response.Close();
                if (context.Request.Url!.AbsolutePath == "/v1/traces") traces.TrySetResult(Encoding.Latin1.GetString(body.ToArray()));
            }
        }
        catch (Exception closed) when (closed is ObjectDisposedException or HttpListenerException)
        {
            // The test ended.
        }
    }
}
