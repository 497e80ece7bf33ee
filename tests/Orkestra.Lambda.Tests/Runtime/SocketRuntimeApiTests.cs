using System.Net;
using System.Net.Sockets;
using System.Text;
using Orkestra.Lambda.Runtime;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests.Runtime;

public sealed class SocketRuntimeApiTests
{
    [Theory]
    [InlineData("")]
    [InlineData("localhost:many")]
    [InlineData(":80")]
    public void An_endpoint_that_is_not_host_and_port_is_refused(string endpoint) =>
        Should.Throw<RuntimeApiException>(() => new SocketRuntimeApi(endpoint)).Message.ShouldContain("AWS_LAMBDA_RUNTIME_API");

    [Fact]
    public void An_unreachable_host_is_one_sentence()
    {
        using var api = new SocketRuntimeApi("127.0.0.1:1");
        Should.Throw<RuntimeApiException>(() => api.NextAsync(default).AsTask().GetAwaiter().GetResult()).Message.ShouldStartWith("The Lambda Runtime API at 127.0.0.1:1 cannot be reached: ");
    }

    [Theory]
    [InlineData("HTTP/1.1 500 No\r\nContent-Length: 4\r\n\r\nboom", "500: boom")]
    [InlineData("SSH-2.0-nope\r\n\r\n", "did not answer with HTTP/1.1")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "without a request id")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "Content-Length that is not a number")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "chunk whose size is not a number")]
    public async Task A_host_that_is_not_the_runtime_api_is_one_sentence(string answer, string sentence)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var closed = new TaskCompletionSource();
        var server = ServeOnceAsync(listener, answer, 1, closed);
        using var api = new SocketRuntimeApi($"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        Should.Throw<RuntimeApiException>(() => api.NextAsync(default).AsTask().GetAwaiter().GetResult()).Message.ShouldContain(sentence);
        closed.SetResult();
        await server;
    }

    [Fact]
    public async Task Reads_an_answer_that_comes_byte_by_byte()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answer = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id: abc\r\nTRANSFER-ENCODING: Chunked\r\n\r\n3;x=y\r\n[1,\r\n2\r\n2]\r\n0\r\nTrailer: 1\r\n\r\n";
        var closed = new TaskCompletionSource();
        var server = ServeOnceAsync(listener, answer, answer.Length, closed);
        using var api = new SocketRuntimeApi($"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        var invocation = await Task.Run(() => api.NextAsync(default).AsTask().GetAwaiter().GetResult());
        invocation.RequestId.ShouldBe("abc");
        invocation.Deadline.ShouldBeNull();
        Encoding.UTF8.GetString(invocation.Payload.Span).ShouldBe("[1,2]");
        closed.SetResult();
        await server;
    }

    static async Task ServeOnceAsync(TcpListener listener, string answer, int pieces, TaskCompletionSource closed)
    {
        using var client = await listener.AcceptTcpClientAsync();
        client.NoDelay = true;
        var stream = client.GetStream();
        await stream.ReadAtLeastAsync(new byte[4096], 1);
        var bytes = Encoding.ASCII.GetBytes(answer);
        foreach (var piece in bytes.Chunk(Math.Max(1, bytes.Length / pieces)))
        {
            await stream.WriteAsync(piece);
            await stream.FlushAsync();
        }

        client.Client.Shutdown(SocketShutdown.Send);
        await closed.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }
}
