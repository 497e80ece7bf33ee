using System.Collections;
using System.Reflection;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests.Runtime;

/// <summary>Exceptions whose own code throws or which cannot be read to the end. Without care some of these end the test process.</summary>
public sealed class HostileExceptionTests
{
    public static TheoryData<string, string> All => new()
    {
        { "throwing", "(ThrowingException.Message threw NotSupportedException.)" },
        { "null", "" },
        { "circular", "first" },
        { "circular aggregate", "The inner exceptions form a circle, or are too many to list." },
        { "wide aggregate", "The inner exceptions form a circle, or are too many to list." },
        { "deep", "link" },
        { "plain aggregate", "One or more errors occurred. (one)" },
        { "in aggregate", "The inner exceptions form a circle, or are too many to list." },
    };

    [Theory]
    [MemberData(nameof(All))]
    public async Task Are_answered_and_logged_and_the_loop_goes_on(string kind, string message)
    {
        var calls = 0;
        await using var host = new HostFixture(_ => calls++ == 0 ? throw Make(kind) : new("1"));
        var answer = await host.Emulator.InvokeAsync("{}");
        (answer.ErrorType, answer.Json.GetProperty("errorMessage").GetString()!).ShouldBe(Reported(kind, message));
        host.Log.ToString().ShouldContain(Make(kind).GetType().FullName!);
        (await host.Emulator.InvokeAsync("{}")).Body.ShouldBe("1");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Are_answered_with_logs_metrics_and_traces(string kind, string message)
    {
        var step = new Orkestra.Authoring.Step<int, int>(_ => throw Make(kind)) { Name = "Bad" };
        await using var host = new FunctionHost("Bad", options => options.Add(step), (FunctionVariables.Observability, "true"));
        var answer = await host.InvokeAsync("1");
        (answer.ErrorType, answer.Json.GetProperty("errorMessage").GetString()!).ShouldBe(Reported(kind, message));
        host.Logs.Last().GetProperty("exception").GetProperty("message").GetString().ShouldBe(message);
        (await host.InvokeAsync("1")).IsError.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Are_the_error_of_a_run_in_this_process(string kind, string message)
    {
        var outcome = Orkestra.Hosting.TaskOutcome.FunctionError(Make(kind));
        System.Text.Json.JsonDocument.Parse(outcome.Cause!).RootElement.GetProperty("errorMessage").GetString().ShouldBe(message);
    }

    [Fact]
    public async Task A_start_that_throws_one_is_an_init_error()
    {
        await using var host = new HostFixture(() => throw Make("circular aggregate"));
        (await host.Exit.WaitAsync(TimeSpan.FromMinutes(1))).ShouldBe(1);
        (await host.Emulator.InitError).ErrorType.ShouldBe("AggregateException");
    }

    // As await does, the error of an aggregate is the first one inside.
    static (string ErrorType, string Message) Reported(string kind, string message) => kind switch
    {
        "plain aggregate" => (nameof(InvalidOperationException), "one"),
        "wide aggregate" => (nameof(InvalidOperationException), "leaf"),
        "in aggregate" => (Make("circular").GetType().Name, "first"),
        _ => (Make(kind).GetType().Name, message),
    };

    static Exception Make(string kind)
    {
        switch (kind)
        {
            case "throwing":
                return new ThrowingException();
            case "null":
                return new NullException();
            case "circular":
                var (first, second) = (new InvalidOperationException("first"), new InvalidOperationException("second"));
                SetInner(first, second);
                SetInner(second, first);
                return first;
            case "circular aggregate":
                var aggregate = new AggregateException(new InvalidOperationException("one"));
                typeof(AggregateException).GetField("_innerExceptions", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(aggregate, new Exception[] { aggregate });
                SetInner(aggregate, aggregate);
                return aggregate;
            case "wide aggregate":
                Exception inner = new InvalidOperationException("leaf");
                for (var i = 0; i < 40; i++) inner = new AggregateException(inner, inner);
                return inner;
            case "plain aggregate":
                return new AggregateException(new InvalidOperationException("one"));
            case "deep":
                Exception chain = new InvalidOperationException("link");
                for (var i = 0; i < 200_000; i++) chain = new InvalidOperationException("link", chain);
                return chain;
            default:
                return new AggregateException(Make("circular"));
        }
    }

    static void SetInner(Exception exception, Exception inner) =>
        typeof(Exception).GetField("_innerException", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(exception, inner);

    sealed class ThrowingException : Exception
    {
        public override string Message => throw new NotSupportedException();

        public override string? StackTrace => throw new NotSupportedException();

        public override string? Source => throw new NotSupportedException();

        public override IDictionary Data => throw new NotSupportedException();

        public override string ToString() => throw new NotSupportedException();
    }

    sealed class NullException : Exception
    {
        public override string Message => null!;

        public override string ToString() => $"{GetType().FullName}";
    }
}
