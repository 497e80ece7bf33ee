using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orkestra.Tests.Hosting.Integrations;

/// <summary>An HTTP server on this machine that keeps what it was asked and answers with what it is given.</summary>
sealed class LoopbackServer : IDisposable
{
    readonly HttpListener listener = new();
    readonly Func<HttpListenerContext, byte[], Task> answer;

    public LoopbackServer(Func<HttpListenerContext, byte[], Task> answer)
    {
        this.answer = answer;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        listener.Prefixes.Add(Address);
        listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public static LoopbackServer Answering(int status, string type, string body, Action<HttpListenerRequest, string>? look = null) => new(async (context, content) =>
    {
        look?.Invoke(context.Request, Encoding.UTF8.GetString(content));
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.AddHeader("X-Answer", "yes");
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
        context.Response.Close();
    });

    async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception problem) when (problem is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            _ = answer(context, body.ToArray());
        }
    }

    public void Dispose() => listener.Close();
}
