using System.Text;
using Microsoft.Extensions.Time.Testing;
using Orkestra.Lambda.Emulator;
using Orkestra.Lambda.Runtime;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests.Runtime;

public sealed class FunctionLoopTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    static string Text(FunctionContext context) => Encoding.UTF8.GetString(context.Payload.Span);

    [Fact]
    public async Task Answers_one_invocation_after_another_over_one_connection()
    {
        await using var host = new HostFixture(context => new(Text(context)));
        for (var i = 0; i < 5; i++)
        {
            var answer = await host.Emulator.InvokeAsync($"{{\"n\":{i}}}");
            answer.IsError.ShouldBeFalse();
            answer.Body.ShouldBe($"{{\"n\":{i}}}");
        }

        host.Emulator.Connections.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(10, true)]
    [InlineData(999, true)]
    [InlineData(50_000, true)]
    [InlineData(50_000, false)]
    [InlineData(3_000_000, true)]
    [InlineData(3_000_000, false)]
    public async Task Reads_payloads_of_any_size_in_chunks_or_whole(int length, bool chunked)
    {
        await using var host = new HostFixture(context => new(Text(context)));
        var payload = '"' + new string('é', length / 2) + '"';
        for (var i = 0; i < 2; i++)
            (await host.Emulator.InvokeAsync(new LambdaRequest(payload) { Chunked = chunked })).Body.ShouldBe(payload);
    }

    [Fact]
    public async Task Opens_a_new_connection_when_the_host_closed_the_old_one()
    {
        await using var host = new HostFixture(context => new(Text(context)));
        (await host.Emulator.InvokeAsync(new LambdaRequest("1") { ClosesAfter = true })).Body.ShouldBe("1");
        (await host.Emulator.InvokeAsync("2")).Body.ShouldBe("2");
        host.Emulator.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task Hands_on_everything_the_host_says_of_an_invocation()
    {
        Invocation? seen = null;
        await using var host = new HostFixture(context =>
        {
            seen = context.Invocation;
            Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID").ShouldBe("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");
            context.RemainingTime!.Value.ShouldBeInRange(TimeSpan.FromMinutes(-2), TimeSpan.FromSeconds(30));
            return new("null");
        });
        (await host.Emulator.InvokeAsync(new LambdaRequest("{}")
        {
            RequestId = "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
            Arn = "arn:aws:lambda:us-east-2:123456789012:function:custom-runtime:live",
            Headers = new Dictionary<string, string>
            {
                ["lambda-runtime-client-context"] = """{"custom":{"a":"b"}}""",
                ["Lambda-Runtime-Cognito-Identity"] = """{"cognitoIdentityId":"i"}""",
                ["Lambda-Runtime-Aws-Tenant-Id"] = "blue",
            },
        })).Body.ShouldBe("null");
        seen!.RequestId.ShouldBe("8476a536-e9f4-11e8-9739-2dfe598c3fcd");
        seen.InvokedFunctionArn.ShouldBe("arn:aws:lambda:us-east-2:123456789012:function:custom-runtime:live");
        seen.ClientContext.ShouldBe("""{"custom":{"a":"b"}}""");
        seen.CognitoIdentity.ShouldBe("""{"cognitoIdentityId":"i"}""");
        seen.TenantId.ShouldBe("blue");
    }

    [Fact]
    public async Task The_first_invocation_is_the_cold_start()
    {
        await using var host = new HostFixture(context => new(context.IsColdStart ? "true" : "false"));
        (await host.Emulator.InvokeAsync("{}")).Body.ShouldBe("true");
        (await host.Emulator.InvokeAsync("{}")).Body.ShouldBe("false");
    }

    [Fact]
    public async Task An_exception_becomes_an_error_named_by_its_type_with_the_stack_in_the_cause()
    {
        await using var host = new HostFixture(async context =>
        {
            await Task.Yield();
            throw new InvalidOperationException("assert false", new FormatException("inner \"quoted\" \ud800"));
        });
        var answer = await host.Emulator.InvokeAsync("{}");
        answer.IsError.ShouldBeTrue();
        answer.ErrorType.ShouldBe("InvalidOperationException");
        answer.Json.GetProperty("errorType").GetString().ShouldBe("InvalidOperationException");
        answer.Json.GetProperty("errorMessage").GetString().ShouldBe("assert false");
        answer.Json.GetProperty("stackTrace")[0].GetString().ShouldStartWith("at Orkestra.Lambda.Tests.Runtime.FunctionLoopTests.");
        answer.Json.GetProperty("cause").GetProperty("errorType").GetString().ShouldBe("FormatException");
        host.Log.ToString().ShouldContain("System.InvalidOperationException: assert false");
        (await host.Emulator.InvokeAsync("{}")).IsError.ShouldBeTrue("the loop goes on after an error");
    }

    [Fact]
    public async Task A_deep_stack_keeps_its_message_and_both_ends()
    {
        await using var host = new HostFixture(context => new(DiveInto(300)));
        var answer = await host.Emulator.InvokeAsync("{}");
        answer.Body.Length.ShouldBeLessThan(32_000);
        answer.Json.GetProperty("stackTrace").EnumerateArray().ShouldContain(frame => frame.GetString()!.StartsWith("… "));

        static string DiveInto(int depth) => depth == 0 ? throw new InvalidDataException("deep") : DiveInto(depth - 1) + "x";
    }

    [Fact]
    public async Task A_step_that_heeds_its_token_is_stopped_with_one_sentence()
    {
        using var begun = new SemaphoreSlim(0);
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_764_361_800_000));
        await using var host = new HostFixture(
            async context =>
            {
                begun.Release();
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return "null";
            },
            clock);
        for (var call = 0; call < 2; call++)
        {
            var answering = host.Emulator.InvokeAsync(HostFixture.Until(clock.GetUtcNow().AddMilliseconds(400)));
            (await begun.WaitAsync(Patience)).ShouldBeTrue();
            clock.Advance(TimeSpan.FromMilliseconds(359));
            answering.IsCompleted.ShouldBeFalse();
            clock.Advance(TimeSpan.FromMilliseconds(1));
            var answer = await answering.WaitAsync(Patience);
            answer.ErrorType.ShouldBe("TimeoutException");
            answer.Json.GetProperty("errorMessage").GetString().ShouldBe("Step Fake was stopped at its deadline, 0.4 s after it was called; give it a longer Timeout, or less to do.");
        }
    }

    [Fact]
    public async Task A_step_that_is_called_after_its_deadline_is_told_so()
    {
        await using var host = new HostFixture(context =>
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            return new("null");
        });
        var answer = await host.Emulator.InvokeAsync(HostFixture.Until(DateTimeOffset.UnixEpoch)).WaitAsync(Patience);
        answer.Json.GetProperty("errorMessage").GetString().ShouldBe("Step Fake was called after its deadline.");
    }

    [Fact]
    public async Task A_step_that_blocks_is_answered_for_before_the_host_kills_it()
    {
        using var begun = new SemaphoreSlim(0);
        using var release = new ManualResetEventSlim();
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_764_361_800_000));
        var calls = 0;
        await using var host = new HostFixture(
            context =>
            {
                if (calls++ == 0)
                {
                    begun.Release();
                    release.Wait(Patience);
                }

                return new("\"done\"");
            },
            clock);
        var answering = host.Emulator.InvokeAsync(HostFixture.Until(clock.GetUtcNow().AddMilliseconds(300)));
        (await begun.WaitAsync(Patience)).ShouldBeTrue();
        clock.Advance(TimeSpan.FromMilliseconds(270));
        clock.Advance(TimeSpan.FromMilliseconds(15));
        var answer = await answering.WaitAsync(Patience);
        answer.ErrorType.ShouldBe("TimeoutException");
        release.Set();
        (await host.Emulator.InvokeAsync(HostFixture.Until(clock.GetUtcNow().AddMinutes(1))).WaitAsync(Patience)).Body.ShouldBe("\"done\"");
        host.Emulator.Posts.Count.ShouldBe(2, "the late output is not sent as well");
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_an_error_of_its_own()
    {
        await using var host = new HostFixture(context => new("\"0123456789\""));
        host.Emulator.ResponseStatus = 413;
        var answer = await host.Emulator.InvokeAsync("{}");
        answer.ErrorType.ShouldBe("ResponseTooLarge");
        answer.Json.GetProperty("errorMessage").GetString().ShouldBe("Step Fake returned 12 bytes, more than a Lambda function may answer with; store the data and return where it is.");
    }

    [Fact]
    public async Task A_function_that_cannot_start_says_so_and_ends_with_1()
    {
        await using var host = new HostFixture(() => throw new StartException("Runtime.HandlerNotFound", "The handler 'X' names no step."));
        (await host.Exit).ShouldBe(1);
        var error = await host.Emulator.InitError;
        error.ErrorType.ShouldBe("Runtime.HandlerNotFound");
        error.Json.GetProperty("errorMessage").GetString().ShouldBe("The handler 'X' names no step.");
        host.Log.ToString().Trim().ShouldBe("The handler 'X' names no step.");
    }

    [Fact]
    public async Task Stops_cleanly_while_it_waits_and_closes_the_function()
    {
        var function = new ClosableFunction();
        await using var host = new HostFixture(() => function);
        (await host.Emulator.InvokeAsync("{}")).Body.ShouldBe("1");
        await host.StopAsync();
        (await host.Exit.WaitAsync(Patience)).ShouldBe(0);
        function.IsClosed.ShouldBeTrue();
    }

    sealed class ClosableFunction : IFunction, IAsyncDisposable
    {
        public bool IsClosed { get; private set; }

        public string Name => "Closable";

        public ValueTask DisposeAsync()
        {
            IsClosed = true;
            return default;
        }

        public ValueTask InvokeAsync(FunctionContext context, System.Buffers.ArrayBufferWriter<byte> output)
        {
            System.Buffers.BuffersExtensions.Write(output, "1"u8);
            return default;
        }
    }
}
