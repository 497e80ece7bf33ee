using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Orkestra.Expressions.Data;

namespace Orkestra.Local.Tests;

/// <summary>A service on this machine that answers every request as it is told, and remembers them.</summary>
sealed class FakeService : IDisposable
{
    readonly HttpListener listener = new();
    readonly Channel<Request> requests = Channel.CreateUnbounded<Request>();
    readonly Func<Request, Answer> answer;

    internal FakeService(Func<Request, Answer> answer)
    {
        this.answer = answer;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        listener.Prefixes.Add(Address + "/");
        listener.Start();
        _ = ServeAsync();
    }

    internal FakeService(string body, int status = 200, params (string Name, string Value)[] headers)
        : this(_ => new Answer(body, status, headers))
    {
    }

    internal string Address { get; }

    /// <summary>The next request there was.</summary>
    internal Request Next() => requests.Reader.TryRead(out var request) ? request : throw new InvalidOperationException("There was no request.");

    public void Dispose() => listener.Close();

    async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                var request = new Request(
                    context.Request.HttpMethod, context.Request.RawUrl!, await reader.ReadToEndAsync(),
                    context.Request.Headers.AllKeys.ToDictionary(name => name!, name => context.Request.Headers[name]!, StringComparer.OrdinalIgnoreCase));
                requests.Writer.TryWrite(request);
                var (body, status, headers) = answer(request);
                context.Response.StatusCode = status;
                foreach (var (name, value) in headers)
                {
                    if (name == "Content-Type") context.Response.ContentType = value;
                    else context.Response.Headers[name] = value;
                }

                if (request.Method != "HEAD") context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    internal sealed record Request(string Method, string Path, string Body, IReadOnlyDictionary<string, string> Headers)
    {
        internal JsonValue Json => JsonValue.Parse(Body);
    }

    internal sealed record Answer(string Body, int Status = 200, params (string Name, string Value)[] Headers);
}
