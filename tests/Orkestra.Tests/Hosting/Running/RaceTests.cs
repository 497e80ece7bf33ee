using Orkestra.Asl;
using Orkestra.Asl.Maps;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Running;

/// <summary>Executions that are stopped, read, watched and cancelled at any moment, and user code that misbehaves.</summary>
public sealed class RaceTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_stop_right_after_the_start_stops()
    {
        await using var runtime = new OrkestraRuntime(new FunctionInvoker().On("Work", input => input));
        runtime.StateMachines.Add("Waits", Machines.Plan(("Work", Machines.Invoke("Work", "Wait")), ("Wait", new WaitState { Seconds = 3600, End = true })));
        for (var i = 0; i < 500; i++)
        {
            var handle = await runtime.StartAsync("Waits", i, $"run-{i}");
            var stop = runtime.StopAsync(handle.Arn, "Enough");
            (await handle.Completion.WaitAsync(Patience)).Error.ShouldBe("Enough");
            (await stop).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_parallel_of_a_nested_execution_and_a_task_that_fails_always_ends()
    {
        await using var runtime = new OrkestraRuntime(new FunctionInvoker().OnAsync("Bad", (_, _) => throw new InvalidOperationException("no")));
        var child = runtime.StateMachines.Add("Child", Machines.Plan(("Wait", new WaitState { Seconds = 3600, End = true })));
        var plan = ExecutionPlan.Compile(AslReader.Parse($$"""
            { "StartAt": "Both", "States": { "Both": { "Type": "Parallel", "End": true, "Branches": [
              { "StartAt": "Call", "States": { "Call": { "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "Parameters": { "StateMachineArn": "{{child.Arn}}" }, "End": true } } },
              { "StartAt": "Bad", "States": { "Bad": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName": "Bad" }, "End": true } } } ] } } }
            """));
        for (var i = 0; i < 300; i++) (await runtime.RunAsync(plan, JsonObject.Empty).AsTask().WaitAsync(Patience)).Error.ShouldBe("InvalidOperationException");
    }

    [Fact]
    public async Task Cancelling_a_parallel_that_starts_itself_stops_all_of_it()
    {
        await using var runtime = new OrkestraRuntime();
        var identity = new MachineIdentity { Name = "Self" };
        var plan = ExecutionPlan.Compile(AslReader.Parse($$"""
            { "StartAt": "Both", "States": { "Both": { "Type": "Parallel", "End": true, "Branches": [
              { "StartAt": "Again", "States": { "Again": { "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "Parameters": { "StateMachineArn": "{{identity.StateMachineArn}}" }, "End": true } } },
              { "StartAt": "Wait", "States": { "Wait": { "Type": "Wait", "Seconds": 3600, "End": true } } } ] } } }
            """));
        runtime.StateMachines.Add(new RegisteredStateMachine { Plan = plan, Identity = identity });
        using var stop = new CancellationTokenSource();
        var running = runtime.RunAsync(plan, JsonObject.Empty, null, stop.Token).AsTask();
        while ((await runtime.QueryAsync(new() { Limit = 1000 })).Executions.Count < 500) await Task.Delay(1, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        (await running.WaitAsync(Patience)).Status.ShouldBe(ExecutionStatus.Aborted);
        // One that is just being started shows only once it is, and is stopped then.
        using var patience = new CancellationTokenSource(Patience);
        for (var quiet = 0; quiet < 20;)
        {
            await Task.Delay(10, patience.Token);
            quiet = (await runtime.QueryAsync(new() { Status = ExecutionStatus.Running, Limit = 1 })).Executions.Count == 0 ? quiet + 1 : 0;
        }
    }

    [Fact]
    public async Task An_execution_that_runs_in_another_runtime_is_left_there_when_it_is_started_again()
    {
        var store = new Orkestra.Hosting.Storage.InMemoryExecutionStore();
        var goesOn = new TaskCompletionSource();
        var calls = 0;
        await using var first = Runtime();
        await using var second = Runtime();
        var started = await first.StartAsync("Works", 1, "one");
        var again = await second.StartAsync("Works", 1, "one");
        (again.Arn, again.Status).ShouldBe((started.Arn, ExecutionStatus.Running));
        await Should.ThrowAsync<Orkestra.Hosting.Storage.ExecutionExistsException>(() => second.StartAsync("Works", 2, "one"));
        goesOn.SetResult();
        (await started.Completion.WaitAsync(Patience)).Output.ShouldBe((JsonValue)1);
        (await again.Completion.WaitAsync(Patience)).Output.ShouldBe((JsonValue)1);
        calls.ShouldBe(1);
        (await store.ReadSignalsAsync(started.Arn, TestContext.Current.CancellationToken)).ShouldAllBe(signal => signal.Kind != Orkestra.Engine.Signals.ExecutionSignalKind.Resumed);

        OrkestraRuntime Runtime()
        {
            var invoker = new FunctionInvoker().OnAsync("Work", async (input, _) =>
            {
                Interlocked.Increment(ref calls);
                await goesOn.Task;
                return TaskOutcome.Payload(input);
            });
            var runtime = new OrkestraRuntime(invoker, new OrkestraOptions { Store = store });
            runtime.StateMachines.Add("Works", Machines.Plan(("Work", Machines.Invoke("Work"))));
            return runtime;
        }
    }

    [Fact]
    public async Task A_callback_of_cancellation_that_throws_is_its_owners_problem()
    {
        var invoker = new FunctionInvoker().OnAsync("Slow", async (input, invocation) =>
        {
            invocation.CancellationToken.Register(() => throw new InvalidOperationException("broken callback"));
            await Task.Delay(Timeout.Infinite, invocation.CancellationToken);
            return TaskOutcome.Payload(input);
        });
        await using var runtime = new OrkestraRuntime(invoker);
        var handle = await runtime.StartAsync(Machines.Plan(("Slow", Machines.Invoke("Slow"))), 1);
        (await handle.StopAsync()).ShouldBeTrue();
        (await handle.Completion.WaitAsync(Patience)).Status.ShouldBe(ExecutionStatus.Aborted);
    }

    [Fact]
    public async Task A_subscriber_that_throws_does_not_fail_the_execution()
    {
        await using var runtime = new OrkestraRuntime();
        var options = new ExecutionOptions { OnEvent = _ => throw new InvalidOperationException("broken subscriber") };
        (await runtime.RunAsync(Machines.Plan(("Pass", new PassState { End = true })), 1, options)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task A_reader_does_not_wait_for_a_synchronous_step()
    {
        using var step = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        var invoker = new FunctionInvoker().On("Slow", input =>
        {
            begun.Set();
            step.Wait(Patience);
            return input;
        });
        await using var runtime = new OrkestraRuntime(invoker);
        var handle = await runtime.StartAsync(Machines.Plan(("Slow", Machines.Invoke("Slow"))), 1);
        begun.Wait(Patience, TestContext.Current.CancellationToken).ShouldBeTrue();
        (await runtime.FindAsync(handle.Arn))!.Status.ShouldBe(ExecutionStatus.Running);
        (await runtime.ReadHistoryAsync(handle.Arn)).Select(e => e.Type).ShouldBe(
            [HistoryEventType.ExecutionStarted, HistoryEventType.TaskStateEntered, HistoryEventType.TaskScheduled, HistoryEventType.TaskStarted]);
        step.Set();
        (await handle.Completion.WaitAsync(Patience)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task A_subscriber_that_arrives_late_sees_everything_and_then_what_follows()
    {
        var gate = new TaskCompletionSource<TaskOutcome>();
        await using var runtime = new OrkestraRuntime(new FunctionInvoker().OnAsync("Gate", (_, _) => gate.Task));
        var handle = await runtime.StartAsync(Machines.Plan(("First", new PassState { Next = "Gate" }), ("Gate", Machines.Invoke("Gate"))), 1);
        var seen = new List<int>();
        var watching = Task.Run(async () =>
        {
            await foreach (var historyEvent in handle.WatchAsync(afterEventId: 2))
            {
                seen.Add(historyEvent.Id);
                if (historyEvent.Type == HistoryEventType.TaskStarted) gate.TrySetResult(TaskOutcome.Payload(1));
            }
        }, TestContext.Current.CancellationToken);
        await watching.WaitAsync(Patience, TestContext.Current.CancellationToken);
        seen.ShouldBe(Enumerable.Range(3, handle.Snapshot.History.Count - 2));
        handle.Snapshot.Status.ShouldBe(ExecutionStatus.Succeeded);
    }

    [Fact]
    public async Task Equal_names_under_two_machines_are_two_executions()
    {
        var keys = new List<(string, string)>();
        var invoker = new FunctionInvoker().OnAsync("Work", (input, invocation) =>
        {
            lock (keys) keys.Add((invocation.AttemptId, invocation.IdempotencyKey));
            return Task.FromResult(TaskOutcome.Payload(input));
        });
        await using var runtime = new OrkestraRuntime(invoker);
        foreach (var name in (string[])["One", "Two"])
        {
            runtime.StateMachines.Add(name, Machines.Plan(("Work", Machines.Invoke("Work"))));
            await (await runtime.StartAsync(name, 1, "same")).Completion.WaitAsync(Patience);
        }

        keys.Distinct().Count().ShouldBe(2);
        (await runtime.QueryAsync(new() { NamePrefix = "same" })).Executions.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_result_that_comes_after_its_timeout_is_too_late()
    {
        var invoker = new FunctionInvoker().On("Block", input =>
        {
            Thread.Sleep(1_300);
            return input;
        });
        await using var runtime = new OrkestraRuntime(invoker);
        var result = await runtime.RunAsync(Machines.Plan(("Block", Machines.Invoke("Block") with { TimeoutSeconds = 1 })), 1);
        result.Error.ShouldBe("States.Timeout");
    }

    [Fact]
    public async Task A_time_limit_is_seen_between_states_that_only_compute()
    {
        var plan = ExecutionPlan.Compile(AslReader.Parse("""
            { "QueryLanguage": "JSONata", "TimeoutSeconds": 1, "StartAt": "Work", "States": { "Work": { "Type": "Pass", "Output": "{% $count([1..100000].($ * 2)) %}", "Next": "Work" } } }
            """));
        await using var runtime = new OrkestraRuntime();
        var result = await runtime.RunAsync(plan, 1, new ExecutionOptions { Type = StateMachineType.Express, Quotas = ExecutionQuotas.Unlimited }).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
        result.Status.ShouldBe(ExecutionStatus.TimedOut);
    }

    [Fact]
    public async Task Nested_distributed_maps_can_be_stopped()
    {
        static MapState Over(State inner) => new()
        {
            Items = "{% [1..1000] %}",
            ItemProcessor = new ItemProcessor
            {
                StartAt = "Inner", States = new EquatableMap<State>([("Inner", inner)]), ProcessorConfig = new ProcessorConfig { Mode = "DISTRIBUTED", ExecutionType = "STANDARD" },
            },
            End = true,
        };
        await using var runtime = new OrkestraRuntime();
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => runtime.RunAsync(Machines.Plan(("Outer", Over(Over(Over(new PassState { End = true }))))), 1, null, stop.Token).AsTask(), TestContext.Current.CancellationToken);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        (await running.WaitAsync(Patience, TestContext.Current.CancellationToken)).Status.ShouldBe(ExecutionStatus.Aborted);
    }

    [Fact]
    public async Task Synchronous_steps_do_not_starve_the_threads_that_executions_go_on_with()
    {
        var step = new Step<int, int>(n =>
        {
            Thread.Sleep(5);
            return n + 1;
        })
        { Name = "Slow" };
        await using var runtime = new OrkestraRuntime();
        runtime.Register(Authoring.TestWorkflow.Of(step >> step >> step >> step >> step));
        var name = runtime.StateMachines.All.Single().Identity.Name;
        var handles = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => runtime.StartAsync(name, n)));
        var results = await Task.WhenAll(handles.Select(handle => handle.Completion)).WaitAsync(Patience, TestContext.Current.CancellationToken);
        results.ShouldAllBe(result => result.IsSuccess);
    }

    [Fact]
    public async Task Whatever_a_state_throws_is_the_failure_of_that_execution()
    {
        var deep = new string('[', 200) + new string(']', 200);
        var plan = ExecutionPlan.Compile(AslReader.Parse("""{ "StartAt": "Deep", "States": { "Deep": { "Type": "Pass", "Parameters": { "x.$": "$..*..*..*..*" }, "End": true } } }"""));
        await using var runtime = new OrkestraRuntime();
        var result = await runtime.RunAsync(plan, JsonValue.Parse(deep)).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
        result.Status.ShouldBe(ExecutionStatus.Failed);
        result.Error.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_expression_that_makes_too_much_in_one_state_fails()
    {
        var pads = string.Join(", ", Enumerable.Range(0, 400).Select(i => $"\"m{i}\": \"{{% $length($pad('x', 1000000)) %}}\""));
        var plan = ExecutionPlan.Compile(AslReader.Parse($$"""{ "QueryLanguage": "JSONata", "StartAt": "Pads", "States": { "Pads": { "Type": "Pass", "Output": { {{pads}} }, "End": true } } }"""));
        await using var runtime = new OrkestraRuntime();
        var result = await runtime.RunAsync(plan, 1);
        result.Error.ShouldBe("States.QueryEvaluationError");
    }

    [Fact]
    public async Task A_cause_has_the_length_that_the_service_allows()
    {
        await using var runtime = new OrkestraRuntime(new FunctionInvoker().OnAsync("Work", (_, _) => Task.FromResult(TaskOutcome.Failure("Boom", new string('x', 50_000_000)))));
        (await runtime.RunAsync(Machines.Plan(("Work", Machines.Invoke("Work"))), 1)).Cause!.Length.ShouldBe(32_768);
    }

    [Fact]
    public async Task A_runtime_that_is_disposed_suspends_what_runs_and_starts_nothing()
    {
        var cancelled = new TaskCompletionSource();
        var invoker = new FunctionInvoker().OnAsync("Slow", async (input, invocation) =>
        {
            await using var registration = invocation.CancellationToken.Register(() => cancelled.TrySetResult());
            await Task.Delay(Timeout.Infinite, invocation.CancellationToken);
            return TaskOutcome.Payload(input);
        });
        var runtime = new OrkestraRuntime(invoker);
        var plan = Machines.Plan(("Slow", Machines.Invoke("Slow")));
        var handle = await runtime.StartAsync(plan, 1);
        await runtime.DisposeAsync();
        await Should.ThrowAsync<Orkestra.Hosting.Storage.ExecutionStoreException>(() => handle.Completion.WaitAsync(Patience));
        await cancelled.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await Should.ThrowAsync<ObjectDisposedException>(() => runtime.StartAsync(plan, 1));
    }
}
