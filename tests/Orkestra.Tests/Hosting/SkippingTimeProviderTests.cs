using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting;

/// <summary>What tests in virtual time rest on: holds of the clock, starts on the calling thread, and the steps that tasks call.</summary>
public sealed class SkippingTimeProviderTests
{
    static readonly ExecutionPlan Waits = Machines.Plan(("Wait", new WaitState { Seconds = 3600, Next = "Done" }), ("Done", new SucceedState()));

    [Fact]
    public async Task A_held_clock_stands_still_until_the_last_hold_is_disposed()
    {
        var clock = new SkippingTimeProvider();
        var begin = clock.GetUtcNow();
        var (first, second) = (clock.Hold(), clock.Hold());
        var fired = 0;
        await using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        first.Dispose();
        first.Dispose();
        (fired, clock.GetUtcNow()).ShouldBe((0, begin));
        second.Dispose();
        (fired, clock.GetUtcNow()).ShouldBe((1, begin.AddMinutes(1)));
    }

    [Fact]
    public async Task An_execution_waits_as_long_as_the_clock_is_held()
    {
        var clock = new SkippingTimeProvider();
        await using var runtime = new OrkestraRuntime(null, new OrkestraOptions { TimeProvider = clock });
        ExecutionHandle handle;
        using (clock.Hold())
        {
            handle = await runtime.StartAsync(Waits, JsonObject.Empty, new ExecutionOptions { StartsOnCallingThread = true });
            handle.Status.ShouldBe(ExecutionStatus.Running);
        }

        var result = await handle.Completion;
        (result.StopTime - result.StartTime).ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_start_on_the_calling_thread_works_there_until_it_waits()
    {
        var here = Environment.CurrentManagedThreadId;
        var threads = new List<int>();
        var invoker = new FunctionInvoker().On("Note", input =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            return input;
        });
        var plan = Machines.Plan(("One", Machines.Invoke("Note", "Two")), ("Two", Machines.Invoke("Note", "Wait")), ("Wait", new WaitState { Seconds = 1, End = true }));
        await using var runtime = new OrkestraRuntime(invoker, new OrkestraOptions { TimeProvider = new SkippingTimeProvider() });
        var started = runtime.StartAsync(plan, 1, new ExecutionOptions { StartsOnCallingThread = true });
        threads.ShouldBe([here, here]);
        started.IsCompletedSuccessfully.ShouldBeTrue();
        (await (await started).Completion).Output.ShouldBe(1);
    }

    [Fact]
    public async Task An_invoker_finds_the_step_that_a_task_calls()
    {
        var seen = new List<string?>();
        var steps = new StepInvoker(new Greeting().Compile());
        await using var runtime = new OrkestraRuntime(new Watching(steps, seen));
        (await runtime.RunAsync(ExecutionPlan.Compile(new Greeting().Compile().Document), "you", cancellationToken: TestContext.Current.CancellationToken)).Output.ShouldBe("hello you");
        await runtime.RunAsync(Machines.Plan(("Other", Machines.Invoke("Other"))), "you", cancellationToken: TestContext.Current.CancellationToken);
        seen.ShouldBe(["Greet", null]);
    }

    [Fact]
    public void A_response_of_a_function_has_its_payload()
    {
        var response = LambdaResponse.Wrap(7);
        ((JsonValue)response)["Payload"].ShouldBe(7);
        ((JsonValue)response)["StatusCode"].ShouldBe(200);
        LambdaResponse.PayloadOf(response).ShouldBe(7);
        LambdaResponse.PayloadOf(7).ShouldBeNull();
        LambdaResponse.PayloadOf(JsonObject.Create(("Payload", 7))).ShouldBeNull();
    }

    sealed class Greeting : Workflow<string, string>
    {
        static readonly Step<string, string> Greet = new(name => $"hello {name}");

        public override Flow<string, string> Define() => Greet;
    }

    sealed class Watching(StepInvoker steps, List<string?> seen) : ITaskInvoker
    {
        public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
        {
            seen.Add(steps.FindStep(invocation)?.Name);
            return steps.InvokeAsync(invocation);
        }
    }
}
