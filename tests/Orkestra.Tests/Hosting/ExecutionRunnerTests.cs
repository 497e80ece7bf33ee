using Orkestra.Asl;
using Orkestra.Asl.Maps;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting;

public sealed class ExecutionRunnerTests
{
    static readonly JsonValue NumbersInput = JsonValue.Parse("[1,2,3]");

    static JsonValue Double(JsonValue value) => ((JsonNumber)value).Value * 2;

    [Fact]
    public async Task A_task_through_lambda_invoke_gives_its_payload()
    {
        var runner = new OrkestraRuntime(new FunctionInvoker().On("Double", Double));
        var result = await runner.Run(Machines.Plan(("Double", Machines.Invoke("Double"))), 21);
        result.Status.ShouldBe(ExecutionStatus.Succeeded);
        result.Output.ShouldBe((JsonValue)42);
        result.History.Shape().ShouldBe([
            "1<-0 ExecutionStarted", "2<-0 TaskStateEntered Double", "3<-2 TaskScheduled Double", "4<-3 TaskStarted Double",
            "5<-4 TaskSucceeded Double", "6<-5 TaskStateExited Double", "7<-6 ExecutionSucceeded"]);
    }

    [Fact]
    public async Task An_invocation_still_knows_its_execution_after_the_end()
    {
        var invoker = new FunctionInvoker().On("Double", Double);
        var result = await new OrkestraRuntime(invoker).Run(Machines.Plan(("Double", Machines.Invoke("Double"))), 21);
        var invocation = invoker.Seen.ShouldHaveSingleItem();
        invocation.ExecutionArn.ShouldBe(result.Arn);
        invocation.Succeed(1).ShouldBeFalse();
        invocation.Pump!.Snapshot.ShouldBeSameAs(result);
    }

    [Fact]
    public async Task A_map_runs_each_item_and_keeps_their_order()
    {
        var map = new MapState { ItemProcessor = new ItemProcessor { StartAt = "Double", States = new EquatableMap<State>([("Double", (State)Machines.Invoke("Double"))]) }, End = true };
        var invoker = new FunctionInvoker().OnAsync("Double", async (input, _) =>
        {
            await Task.Yield();
            return TaskOutcome.Payload(Double(input));
        });
        var result = await new OrkestraRuntime(invoker).Run(Machines.Plan(("Each", map)), NumbersInput);
        result.Output.ShouldBe(JsonValue.Parse("[2,4,6]"));
    }

    [Fact]
    public async Task A_large_map_runs_with_a_small_stack_and_linear_history()
    {
        var map = new MapState { ItemProcessor = new ItemProcessor { StartAt = "Double", States = new EquatableMap<State>([("Double", (State)Machines.Invoke("Double"))]) }, End = true };
        var items = JsonArray.Create(Enumerable.Range(0, 100_000).Select(i => (JsonValue)i));
        var result = await new OrkestraRuntime(new FunctionInvoker().On("Double", Double))
            .Run(Machines.Plan(("Each", map)), items, new ExecutionOptions { Quotas = ExecutionQuotas.Unlimited });
        result.Error.ShouldBeNull();
        result.Output![99_999].ShouldBe((JsonValue)199_998);
        result.History.Count.ShouldBe(100_000 * 7 + 6);
    }

    [Fact]
    public async Task A_history_longer_than_the_quota_fails_the_execution()
    {
        var plan = Machines.Plan(("Loop", new PassState { Next = "Loop" }));
        var result = await new OrkestraRuntime(new FunctionInvoker()).Run(plan, JsonValue.Null);
        result.Status.ShouldBe(ExecutionStatus.Failed);
        result.History.Count.ShouldBe(25_000);
        result.Cause.ShouldBe("The execution reached the maximum number of history events (25000).");
    }

    [Fact]
    public async Task A_task_may_look_at_the_history_of_its_execution()
    {
        var events = 0;
        var invoker = new FunctionInvoker();
        var runner = new OrkestraRuntime(invoker);
        var arn = runner.StateMachines.Add("Self", Machines.Plan(("Look", Machines.Invoke("Look")))).Arn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal) + ":one";
        invoker.On("Look", input =>
        {
            events = runner.Find(arn)!.Snapshot.History.Count;
            return input;
        });
        await (await runner.StartAsync(runner.StateMachines.All.Single().Arn, JsonObject.Empty, "one")).Completion.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        events.ShouldBe(4);
    }

    [Fact]
    public async Task A_loop_without_end_can_be_stopped()
    {
        var plan = Machines.Plan(("Loop", new PassState { Next = "Loop" }));
        using var stop = new CancellationTokenSource();
        var entered = 0;
        var options = new ExecutionOptions
        {
            Type = StateMachineType.Express,
            OnEvent = _ =>
            {
                if (++entered == 100) stop.Cancel();
            },
        };
        var result = await new OrkestraRuntime(new FunctionInvoker()).RunAsync(plan, JsonValue.Null, options, stop.Token);
        result.Status.ShouldBe(ExecutionStatus.Aborted);
    }

    [Fact]
    public async Task A_wait_of_a_day_ends_at_once_on_a_skipping_clock()
    {
        var clock = new SkippingTimeProvider();
        var plan = Machines.Plan(("Wait", new WaitState { Seconds = 86_400, Next = "Done" }), ("Done", new SucceedState()));
        var result = await new OrkestraRuntime(new FunctionInvoker(), new OrkestraOptions { TimeProvider = clock }).Run(plan, "in");
        result.Output.ShouldBe((JsonValue)"in");
        (result.StopTime - result.StartTime).ShouldBe(TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task A_task_that_waits_on_the_skipping_clock_times_out_there()
    {
        var clock = new SkippingTimeProvider();
        var invoker = new FunctionInvoker().OnAsync("Slow", async (input, invocation) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(60), clock, invocation.CancellationToken);
            return TaskOutcome.Payload(input);
        });
        var plan = Machines.Plan(("Slow", Machines.Invoke("Slow") with { TimeoutSeconds = 5 }));
        var result = await new OrkestraRuntime(invoker, new OrkestraOptions { TimeProvider = clock }).Run(plan, 1);
        result.Error.ShouldBe("States.Timeout");
        (result.StopTime - result.StartTime).ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_retry_waits_longer_each_time_and_counts_attempts()
    {
        var clock = new SkippingTimeProvider();
        var attempts = new List<(int Attempt, double Second)>();
        var start = clock.GetUtcNow();
        var invoker = new FunctionInvoker().OnAsync("Flaky", (input, invocation) =>
        {
            attempts.Add((invocation.Attempt, (clock.GetUtcNow() - start).TotalSeconds));
            return Task.FromResult(invocation.Attempt < 4 ? TaskOutcome.Failure("Flaky") : TaskOutcome.Payload(input));
        });
        var plan = Machines.Plan(("Flaky", Machines.Invoke("Flaky") with { Retry = [new Retrier { ErrorEquals = ["States.TaskFailed"], MaxAttempts = 5, MaxDelaySeconds = 3 }] }));
        var result = await new OrkestraRuntime(invoker, new OrkestraOptions { TimeProvider = clock }).Run(plan, 1);
        result.Status.ShouldBe(ExecutionStatus.Succeeded);
        attempts.ShouldBe([(1, 0), (2, 1), (3, 3), (4, 6)]);
    }

    [Fact]
    public async Task A_failing_branch_fails_the_parallel_and_cancels_the_others()
    {
        var cancelled = new TaskCompletionSource();
        var invoker = new FunctionInvoker()
            .OnAsync("Slow", async (input, invocation) =>
            {
                invocation.CancellationToken.Register(() => cancelled.SetResult());
                await Task.Delay(Timeout.Infinite, invocation.CancellationToken);
                return TaskOutcome.Payload(input);
            })
            .OnAsync("Bad", (_, _) => throw new InvalidOperationException("assert false"));
        var parallel = new ParallelState
        {
            Branches =
            [
                new Branch { StartAt = "Slow", States = new EquatableMap<State>([("Slow", (State)Machines.Invoke("Slow"))]) },
                new Branch { StartAt = "Bad", States = new EquatableMap<State>([("Bad", (State)Machines.Invoke("Bad"))]) },
            ],
            Catch = [new Catcher { ErrorEquals = ["InvalidOperationException"], Next = "Caught" }],
            End = true,
        };
        var plan = Machines.Plan(("Both", parallel), ("Caught", new PassState { Output = "{% $states.input.Error %}", End = true }));
        var result = await new OrkestraRuntime(invoker).Run(plan, 1);
        result.Output.ShouldBe((JsonValue)"InvalidOperationException");
        await cancelled.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        result.History.Select(e => e.Type).ShouldContain(HistoryEventType.TaskStateAborted);
    }

    [Fact]
    public async Task A_resource_that_no_invoker_handles_fails_past_any_catch()
    {
        var task = Machines.Invoke("Unknown") with { Catch = [new Catcher { ErrorEquals = ["States.ALL"], Next = "Unknown" }] };
        var result = await new OrkestraRuntime(new FunctionInvoker()).Run(Machines.Plan(("Unknown", task)), 1);
        result.Error.ShouldBe("States.Runtime");
        result.Cause!.ShouldContain("No task invoker handles the resource 'arn:aws:states:::lambda:invoke' of the state 'Unknown'");
    }

    [Fact]
    public async Task A_task_that_waits_for_its_token_ends_with_what_is_sent()
    {
        var tokens = new TaskCompletionSource<string>();
        var invoker = new FunctionInvoker().OnAsync("Ask", (_, invocation) =>
        {
            tokens.SetResult(invocation.TaskToken);
            return Task.FromResult(TaskOutcome.Result("asked"));
        });
        var plan = Machines.Plan(("Ask", new TaskState
        {
            Resource = "arn:aws:states:::lambda:invoke.waitForTaskToken", Arguments = JsonObject.Create(("FunctionName", "Ask")), End = true,
        }));
        var runner = new OrkestraRuntime(invoker);
        var handle = await runner.StartAsync(plan, 1);
        var token = await tokens.Task;
        (await runner.SendTaskSuccessAsync(token, "answer")).ShouldBeTrue();
        (await runner.SendTaskSuccessAsync(token, "again")).ShouldBeFalse();
        var result = await handle.Completion;
        result.Output.ShouldBe((JsonValue)"answer");
        result.History.Select(e => e.Type).ShouldContain(HistoryEventType.TaskSubmitted);
    }
}
