using System.Net;
using System.Net.Sockets;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Orkestra.Lambda.Emulator;
using Orkestra.Lambda.Runtime;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests.Runtime;

/// <summary>Answers of a host that is broken, or is not the Runtime API at all.</summary>
public sealed class HostileHostTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    [InlineData("-1")]
    [InlineData("253402300800000")]
    [InlineData("99999999999999999999999")]
    [InlineData("123abc")]
    [InlineData("soon")]
    [InlineData("")]
    public async Task A_deadline_that_is_no_time_is_none(string deadline)
    {
        await using var host = new HostFixture(context => new(context.RemainingTime is null && !context.CancellationToken.IsCancellationRequested ? "true" : "false"));
        var answer = await host.Emulator.InvokeAsync(new LambdaRequest("{}") { Headers = new Dictionary<string, string> { ["Lambda-Runtime-Deadline-Ms"] = deadline } }).WaitAsync(Patience);
        answer.Body.ShouldBe("true");
    }

    [Fact]
    public async Task The_last_deadline_there_is_waits_for_it()
    {
        await using var host = new HostFixture(context => new(context.RemainingTime > TimeSpan.FromDays(1_000_000) ? "true" : "false"));
        (await host.Emulator.InvokeAsync(new LambdaRequest("{}") { Headers = new Dictionary<string, string> { ["Lambda-Runtime-Deadline-Ms"] = "253402300799999" } }).WaitAsync(Patience)).Body.ShouldBe("true");
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n[]\r\n0\r\n\r\n", "more than 64 MiB")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nffffffff\r\n[]\r\n0\r\n\r\n", "chunk whose size is not a number")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n-1\r\n[]\r\n0\r\n\r\n", "chunk whose size is not a number")]
    [InlineData("Content-Length: 2147483647\r\n\r\n[]", "more than 64 MiB")]
    public async Task An_invocation_that_cannot_be_read_is_answered_with_the_reason_and_the_process_ends(string rest, string reason)
    {
        await using var host = new RawHost($"HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: abc\r\n{rest}");
        (await host.Exit.WaitAsync(Patience)).ShouldBe(1);
        host.Log.ToString().ShouldContain(reason);
        host.Requests.ShouldContain(request => request.StartsWith("POST /2018-06-01/runtime/invocation/abc/error ", StringComparison.Ordinal) && request.Contains(reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("../../x")]
    [InlineData("")]
    public async Task A_request_id_that_makes_no_address_is_refused(string id)
    {
        await using var host = new RawHost($"HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: {id}\r\nContent-Length: 2\r\n\r\n[]");
        (await host.Exit.WaitAsync(Patience)).ShouldBe(1);
        host.Log.ToString().ShouldContain("without a request id");
    }

    [Fact]
    public async Task Informational_answers_without_end_are_refused()
    {
        await using var host = new RawHost(string.Concat(Enumerable.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 20)));
        (await host.Exit.WaitAsync(Patience)).ShouldBe(1);
        host.Log.ToString().ShouldContain("informational answers in a row");
    }

    [Fact]
    public void Damaged_answers_are_read_or_refused_and_nothing_else()
    {
        const string good = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: abc\r\nLambda-Runtime-Deadline-Ms: 1764361800000\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n2\r\n2]\r\n0\r\n\r\n";
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Char[' ', '~'], Gen.Int[0, good.Length - 1]).Sample(
            (at, letter, cut) =>
            {
                var damaged = $"{good[..at]}{letter}{good[(at + 1)..]}"[..^(cut % 3 == 0 ? cut : 0)];
                using var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                var server = Task.Run(() => RawHost.ServeOnceAsync(listener, damaged));
                var api = new SocketRuntimeApi($"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
                try
                {
                    api.NextAsync(default).AsTask().GetAwaiter().GetResult();
                }
                catch (RuntimeApiException)
                {
                }
                finally
                {
                    api.Dispose();
                }

                try
                {
                    server.Wait(Patience).ShouldBeTrue();
                }
                catch (AggregateException)
                {
                    // The client closed the connection while the answer was sent.
                }
            },
            iter: 200, threads: 1);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    public async Task An_answer_that_is_refused_is_reported_and_the_loop_goes_on(int status)
    {
        await using var host = new HostFixture(_ => new("1"));
        host.Emulator.ResponseStatus = status;
        (await host.Emulator.InvokeAsync("{}").WaitAsync(Patience)).ErrorType.ShouldBe("Runtime.InvalidResponse");
        host.Emulator.ResponseStatus = 202;
        (await host.Emulator.InvokeAsync("{}").WaitAsync(Patience)).Body.ShouldBe("1");
    }

    [Fact]
    public async Task A_callback_of_the_step_that_throws_does_not_end_the_process()
    {
        using var begun = new SemaphoreSlim(0);
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_764_361_800_000));
        await using var host = new HostFixture(
            async context =>
            {
                context.CancellationToken.Register(() => throw new InvalidOperationException("from the callback"));
                begun.Release();
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return "null";
            },
            clock);
        for (var call = 0; call < 2; call++)
        {
            var answering = host.Emulator.InvokeAsync(HostFixture.Until(clock.GetUtcNow().AddMilliseconds(300)));
            (await begun.WaitAsync(Patience)).ShouldBeTrue();
            clock.Advance(TimeSpan.FromMilliseconds(270));
            (await answering.WaitAsync(Patience)).ErrorType.ShouldBe("TimeoutException");
        }

        host.Log.ToString().ShouldContain("from the callback");
    }

    [Theory]
    [InlineData("\"a\uFFFD\"", "\"a\uFFFD\"", 2)]
    [InlineData("{\"n\":\n\"ab\uFFFD\"}", "{\"n\":\n\"ab\uFFFD\"}", 9)]
    public async Task A_payload_that_is_not_utf8_is_refused_with_the_position(string text, string whole, int position)
    {
        var step = new Orkestra.Authoring.Step<object?, string>(_ => "read") { Name = "Any" };
        await using var host = new FunctionHost("Any", options => options.Add(step));
        byte[] bytes = [.. Encoding.UTF8.GetBytes(text[..text.IndexOf('\uFFFD', StringComparison.Ordinal)]), 0xC3, .. Encoding.UTF8.GetBytes(text[(text.IndexOf('\uFFFD', StringComparison.Ordinal) + 1)..])];
        var answer = await host.InvokeAsync(new LambdaRequest("") { Bytes = bytes }).WaitAsync(Patience);
        answer.ErrorType.ShouldBe("PayloadException");
        answer.Json.GetProperty("errorMessage").GetString().ShouldBe($"Step 'Any' cannot read its input. It is not JSON: The text is not UTF-8: byte {position} (0xC3) does not belong to a character.");
        (await host.InvokeAsync(new LambdaRequest(whole)).WaitAsync(Patience)).IsError.ShouldBeFalse("U+FFFD itself is a character");
    }

    /// <summary>A host that answers the first request with any bytes, and takes what comes after.</summary>
    sealed class RawHost : IAsyncDisposable
    {
        readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        readonly CancellationTokenSource _stop = new();
        readonly SocketRuntimeApi _api;
        readonly Task _serving;

        public RawHost(string answer)
        {
            _listener.Start();
            var endpoint = $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
            _serving = ServeAsync(answer);
            _api = new(endpoint);
            Exit = Task.Factory.StartNew(
                () => LambdaHost.RunAsync(_api, () => new SocketRuntimeApi(endpoint), () => new FakeFunction(_ => new("1")), TimeProvider.System, Log, _stop.Token),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        }

        public StringWriter Log { get; } = new();

        public Task<int> Exit { get; }

        public System.Collections.Concurrent.ConcurrentQueue<string> Requests { get; } = new();

        public static async Task ServeOnceAsync(TcpListener listener, string answer)
        {
            using var client = await listener.AcceptTcpClientAsync();
            var stream = client.GetStream();
            await stream.ReadAtLeastAsync(new byte[4096], 1);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
            client.Client.Shutdown(SocketShutdown.Send);
            while (await stream.ReadAsync(new byte[4096]) > 0)
            {
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Stop();
            await _serving;
            _api.Dispose();
            _stop.Dispose();
        }

        async Task ServeAsync(string answer)
        {
            var isFirst = true;
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                    var stream = client.GetStream();
                    var buffer = new byte[64 * 1024];
                    var count = await stream.ReadAsync(buffer, _stop.Token);
                    Requests.Enqueue(Encoding.UTF8.GetString(buffer, 0, count));
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(isFirst ? answer : "HTTP/1.1 202 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), _stop.Token);
                    client.Client.Shutdown(SocketShutdown.Send);
                    isFirst = false;
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException or IOException)
            {
            }
        }
    }
}
