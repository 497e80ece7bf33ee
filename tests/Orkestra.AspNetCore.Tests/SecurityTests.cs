using System.Net;
using System.Net.Sockets;
using System.Text;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;
using static Orkestra.AspNetCore.Tests.TestEndpoint;

namespace Orkestra.AspNetCore.Tests;

/// <summary>Who may call, and what hostile requests do. SECURITY.md states the model.</summary>
public sealed class SecurityTests
{
    const string List = "AWSStepFunctions.ListStateMachines";

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("localhost:8083", HttpStatusCode.OK)]
    [InlineData("sync-localhost", HttpStatusCode.OK)]
    [InlineData("sync-127.0.0.1:8083", HttpStatusCode.OK)]
    [InlineData("127.9.9.9", HttpStatusCode.OK)]
    [InlineData("[::1]:8083", HttpStatusCode.OK)]
    [InlineData("orkestra.localhost", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("localhost.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("sync-evil.example", HttpStatusCode.Forbidden)]
    [InlineData("169.254.169.254", HttpStatusCode.Forbidden)]
    [InlineData("0.0.0.0", HttpStatusCode.Forbidden)]
    public async Task A_host_that_is_not_this_machine_gets_nothing(string host, HttpStatusCode expected)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var (status, body) = await SendAsync(endpoint, request => request.Headers.Host = host);
        status.ShouldBe(expected);
        if (expected != HttpStatusCode.OK) body.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:8083")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_web_page_gets_nothing(string header, string value)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        (await SendAsync(endpoint, request => request.Headers.Add(header, value))).ShouldBe((HttpStatusCode.Forbidden, ""));
    }

    [Theory]
    [InlineData("AWS4-HMAC-SHA256 Credential=secret/20260101/us-east-1/states/aws4_request, SignedHeaders=host, Signature=0", HttpStatusCode.OK)]
    [InlineData("Bearer secret", HttpStatusCode.OK)]
    [InlineData("Bearer secre", HttpStatusCode.Forbidden)]
    [InlineData("AWS4-HMAC-SHA256 Credential=other/20260101/us-east-1/states/aws4_request", HttpStatusCode.Forbidden)]
    [InlineData("AWS4-HMAC-SHA256 Credential=secret", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    public async Task With_a_token_only_callers_that_present_it_are_answered(string? authorization, HttpStatusCode expected)
    {
        await using var endpoint = await TestEndpoint.StartAsync(endpoint: options => options.Token = "secret");
        (await SendAsync(endpoint, request =>
        {
            request.Headers.Host = "step-functions.example";
            if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        })).Status.ShouldBe(expected);
    }

    [Fact]
    public async Task A_body_over_one_mebibyte_is_refused()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var (status, answer) = await TrySendAsync(endpoint, new string(' ', 1 << 20) + "{}");
        // The server may close the connection while the body is still being sent.
        status?.ShouldBe(HttpStatusCode.RequestEntityTooLarge, answer);
        (await endpoint.CallAsync("ListStateMachines"))["stateMachines"].ShouldBe(JsonArray.Empty);
        (await endpoint.SendAsync("ListStateMachines", new string(' ', (1 << 20) - 2) + "{}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("ListStateMachines", "", HttpStatusCode.OK, null)]
    [InlineData("ListStateMachines", "{", HttpStatusCode.BadRequest, "SerializationException")]
    [InlineData("ListStateMachines", "[]", HttpStatusCode.BadRequest, "SerializationException")]
    [InlineData("ListStateMachines", """{"maxResults":"5"}""", HttpStatusCode.BadRequest, "SerializationException")]
    [InlineData("ListStateMachines", """{"maxResults":1001}""", HttpStatusCode.BadRequest, "ValidationException")]
    [InlineData("StartExecution", "{}", HttpStatusCode.BadRequest, "ValidationException")]
    [InlineData("NoSuchAction", "{}", HttpStatusCode.BadRequest, "UnknownOperationException")]
    [InlineData("TagResource", """{"resourceArn":"x","tags":[null]}""", HttpStatusCode.BadRequest, "ValidationException")]
    public async Task A_malformed_request_is_refused(string action, string body, HttpStatusCode expected, string? code)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var (status, answer) = await endpoint.SendAsync(action, body);
        status.ShouldBe(expected);
        (answer["__type"] as JsonString)?.Value.ShouldBe(code);
    }

    [Fact]
    public async Task Ten_thousand_hostile_requests_leave_it_serving_in_bounded_memory()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await endpoint.MachineAsync("one");
        var random = new Random(1);
        string[] bodies = [.. Enumerable.Range(0, 50).Select(_ => HostileBody(random))];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Parallel.ForEachAsync(Enumerable.Range(0, 10_000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, cancellation) =>
        {
            // Most over connections that stay open; every tenth as bytes that are hardly HTTP.
            if (i % 10 == 0) await RawAsync(endpoint.Address, HostileBytes(i), cancellation);
            else await TrySendAsync(endpoint, bodies[i % bodies.Length], i % 3 == 0 ? "CreateStateMachine" : i % 3 == 1 ? "StartExecution" : $"X{i}");
        });
        var after = GC.GetTotalMemory(forceFullCollection: true);
        TextsOf(await endpoint.CallAsync("ListStateMachines"), "stateMachines", "name").ShouldBe(["one"]);
        (after - before).ShouldBeLessThan(64L << 20);
    }

    [Fact]
    public async Task A_body_that_never_comes_keeps_nobody_waiting()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var clients = new List<TcpClient>();
        for (var i = 0; i < 200; i++)
        {
            var client = new TcpClient();
            clients.Add(client);
            await client.ConnectAsync(IPAddress.Loopback, endpoint.Address.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: {List}\r\nContent-Length: 1000000\r\n\r\n{{"));
        }

        await endpoint.CallAsync("ListStateMachines");
        clients.ForEach(client => client.Dispose());
    }

    static string HostileBody(Random random) => random.Next(6) switch
    {
        0 => new string('[', random.Next(1, 50_000)),
        1 => $$"""{"name":"{{new string('a', random.Next(80, 5_000))}}","definition":"{}","roleArn":"r"}""",
        2 => $$"""{"stateMachineArn":"arn:aws:states:us-east-1:000000000000:stateMachine:one","input":"{{string.Concat(Enumerable.Repeat("[", random.Next(1, 20_000)))}}"}""",
        3 => Convert.ToBase64String(Enumerable.Range(0, random.Next(1, 300)).Select(_ => (byte)random.Next(256)).ToArray()),
        4 => $$"""{"name":"x","roleArn":"r","definition":{{new string('{', random.Next(1, 1_000))}}""",
        _ => $$"""{"stateMachineArn":{{random.Next()}},"input":null}""",
    };

    static byte[] HostileBytes(int i) => Encoding.Latin1.GetBytes((i / 10 % 6) switch
    {
        // Two lengths, a length and chunks, a broken chunk, huge headers, a line that is no request, a request behind another.
        0 => $"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: {List}\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\n{{}}",
        1 => $"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: {List}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
        2 => $"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: {List}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{{}}\r\n0\r\n\r\n",
        3 => $"POST / HTTP/1.1\r\nHost: localhost\r\nX-Big: {new string('a', 60_000)}\r\n\r\n",
        4 => "\0\u0001\u0002 nothing like HTTP \r\n\r\n",
        _ => $"POST / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nX-Amz-Target: {List}\r\nContent-Length: 2\r\n\r\n{{}}",
    });

    static async Task RawAsync(Uri address, byte[] bytes, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, address.Port, cancellation);
            var stream = client.GetStream();
            await stream.WriteAsync(bytes, cancellation);
            client.Client.Shutdown(SocketShutdown.Send);
            var buffer = new byte[512];
            var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            // Whatever it is, nothing of it is answered as a request that is in order.
            Encoding.Latin1.GetString(buffer, 0, read).ShouldNotStartWith("HTTP/1.1 200");
        }
        catch (Exception closed) when (closed is IOException or SocketException)
        {
        }
    }

    static async Task<(HttpStatusCode? Status, string Answer)> TrySendAsync(TestEndpoint endpoint, string body, string action = "ListStateMachines")
    {
        using var request = Request(action, body);
        try
        {
            using var response = await endpoint.Client.SendAsync(request);
            response.StatusCode.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge);
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException)
        {
            return (null, "");
        }
    }

    static async Task<(HttpStatusCode Status, string Body)> SendAsync(TestEndpoint endpoint, Action<HttpRequestMessage> change)
    {
        using var request = Request("ListStateMachines", "{}");
        change(request);
        using var response = await endpoint.Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    static HttpRequestMessage Request(string action, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.0") };
        request.Headers.Add("X-Amz-Target", $"AWSStepFunctions.{action}");
        return request;
    }
}
