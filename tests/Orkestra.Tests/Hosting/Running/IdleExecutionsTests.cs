using Microsoft.Extensions.Time.Testing;
using Orkestra.Asl;
using Orkestra.Asl.Maps;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Running;

/// <summary>Executions that only wait leave the memory and come back.</summary>
public sealed class IdleExecutionsTests
{
    static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    readonly InMemoryExecutionStore store = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_execution_that_waits_for_a_time_leaves_the_memory_and_goes_on_when_it_is_due()
    {
        await using var runtime = Runtime();
        runtime.StateMachines.Add("Waits", Machines.Plan(("Wait", new WaitState { Seconds = 3600, Next = "Work" }), ("Work", Machines.Invoke("Work"))));
        var arns = new List<string>();
        for (var i = 0; i < 500; i++) arns.Add((await runtime.StartAsync("Waits", i, $"run-{i}", Token)).Arn);
        await UntilAsync(() => runtime.Idle!.Unload() >= 0 && runtime.Executions.IsEmpty);
        clock.Advance(TimeSpan.FromMinutes(59));
        await Task.Delay(20, Token);
        (await CountAsync(runtime, ExecutionStatus.Running)).ShouldBe(500);
        clock.Advance(TimeSpan.FromMinutes(2));
        await UntilAsync(async () => await CountAsync(runtime, ExecutionStatus.Succeeded) == 500);
        var one = (await runtime.FindAsync(arns[7], Token))!;
        one.Output.ShouldBe((JsonValue)7);
        one.History.Select(e => e.Type).ShouldBe([
            HistoryEventType.ExecutionStarted, HistoryEventType.WaitStateEntered, HistoryEventType.WaitStateExited, HistoryEventType.TaskStateEntered, HistoryEventType.TaskScheduled,
            HistoryEventType.TaskStarted, HistoryEventType.TaskSucceeded, HistoryEventType.TaskStateExited, HistoryEventType.ExecutionSucceeded,
        ]);
    }

    [Fact]
    public async Task Executions_that_are_due_at_different_times_each_go_on_at_theirs()
    {
        await using var runtime = Runtime();
        runtime.StateMachines.Add("Waits", Machines.Plan(("Wait", new WaitState { Seconds = "{% $states.input %}", End = true })));
        foreach (var minutes in new[] { 30, 10, 20 }) await runtime.StartAsync("Waits", minutes * 60, $"m{minutes}", Token);
        await UntilAsync(() => runtime.Idle!.Unload() >= 0 && runtime.Executions.IsEmpty);
        for (var ended = 1; ended <= 3; ended++)
        {
            clock.Advance(TimeSpan.FromMinutes(10));
            var expected = ended;
            await UntilAsync(async () => await CountAsync(runtime, ExecutionStatus.Succeeded) == expected);
            await UntilAsync(() => runtime.Executions.IsEmpty);
        }
    }

    [Fact]
    public async Task A_callback_reaches_an_execution_that_is_not_in_memory()
    {
        string? token = null;
        await using var runtime = Runtime(invoker => invoker.On("Ask", input =>
        {
            token = ((JsonString)input["token"]!).Value;
            return JsonValue.Null;
        }));
        runtime.StateMachines.Add("Asks", Machines.Plan(("Ask", new TaskState
        {
            Resource = "arn:aws:states:::lambda:invoke.waitForTaskToken",
            Arguments = JsonValue.Parse("""{"FunctionName":"Ask","Payload":{"token":"{% $states.context.Task.Token %}"}}"""),
            End = true,
        })));
        var handle = await runtime.StartAsync("Asks", 1, "one", Token);
        await UntilAsync(() => token is not null && runtime.Idle!.Unload() >= 0 && runtime.Executions.IsEmpty);
        (await runtime.SendTaskHeartbeatAsync(token!, Token)).ShouldBeTrue();
        // A heartbeat is stored with the signal that follows it: until then the memory alone has it.
        await UntilAsync(() => runtime.Executions.Find(handle.Arn) is { IsAtRest: true });
        runtime.Idle!.Unload().ShouldBe(0);
        (await runtime.SendTaskSuccessAsync(token!, 42, Token)).ShouldBeTrue();
        (await handle.Completion.WaitAsync(Long, Token)).Output.ShouldBe((JsonValue)42);
        (await runtime.SendTaskSuccessAsync(token!, 43, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task Callbacks_that_reach_it_at_the_same_time_are_all_taken()
    {
        var tokens = new System.Collections.Concurrent.ConcurrentBag<string>();
        await using var runtime = Runtime(invoker => invoker.On("Ask", input =>
        {
            tokens.Add(((JsonString)input["token"]!).Value);
            return JsonValue.Null;
        }));
        var processor = new ItemProcessor
        {
            StartAt = "Ask",
            States = new EquatableMap<State>([("Ask", new TaskState
            {
                Resource = "arn:aws:states:::lambda:invoke.waitForTaskToken",
                Arguments = JsonValue.Parse("""{"FunctionName":"Ask","Payload":{"token":"{% $states.context.Task.Token %}"}}"""),
                End = true,
            })]),
        };
        var plan = Machines.Plan(("Each", new MapState { ItemProcessor = processor, End = true }));
        for (var round = 0; round < 50; round++)
        {
            tokens.Clear();
            var handle = await runtime.StartAsync(plan, JsonValue.Parse("[1,2,3,4]"), new ExecutionOptions { Name = $"run-{round}" }, Token);
            await UntilAsync(() => tokens.Count == 4 && runtime.Idle!.Unload() >= 0 && runtime.Executions.IsEmpty);
            var sent = await Task.WhenAll(tokens.Select(token => Task.Run(() => runtime.SendTaskSuccessAsync(token, 1, Token), Token))).WaitAsync(Long, Token);
            sent.ShouldAllBe(isKnown => isKnown, $"round {round}");
            (await handle.Completion.WaitAsync(Long, Token)).Output.ShouldBe(JsonValue.Parse("[1,1,1,1]"));
        }
    }

    [Fact]
    public async Task A_handle_stops_an_execution_that_is_not_in_memory()
    {
        await using var runtime = Runtime();
        var handle = await runtime.StartAsync(Machines.Plan(("Wait", new WaitState { Seconds = 3600, End = true })), 1, new ExecutionOptions { Name = "one" }, Token);
        await UntilAsync(() => runtime.Idle!.Unload() >= 0 && runtime.Executions.IsEmpty);
        handle.Status.ShouldBe(ExecutionStatus.Running);
        (await handle.StopAsync("Why", "Because")).ShouldBeTrue();
        var ended = await handle.Completion.WaitAsync(Long, Token);
        (ended.Status, ended.Error, ended.Cause).ShouldBe((ExecutionStatus.Aborted, "Why", "Because"));
    }

    [Fact]
    public async Task Asking_for_the_end_brings_an_execution_back_and_keeps_it()
    {
        await using var runtime = Runtime();
        var handle = await runtime.StartAsync(Machines.Plan(("Wait", new WaitState { Seconds = 60, End = true })), 5, new ExecutionOptions { Name = "one" }, Token);
        await UntilAsync(() => runtime.Idle!.Unload() >= 0 && runtime.Executions.IsEmpty);
        var ended = handle.Completion;
        await UntilAsync(() => runtime.Executions.Find(handle.Arn) is { IsAtRest: true, IsAwaited: true });
        runtime.Idle!.Unload().ShouldBe(0);
        clock.Advance(TimeSpan.FromSeconds(61));
        (await ended.WaitAsync(Long, Token)).Output.ShouldBe((JsonValue)5);
    }

    [Fact]
    public async Task Watching_brings_an_execution_back_and_keeps_it()
    {
        await using var runtime = Runtime();
        var handle = await runtime.StartAsync(Machines.Plan(("Wait", new WaitState { Seconds = 60, End = true })), 5, new ExecutionOptions { Name = "one" }, Token);
        await UntilAsync(() => runtime.Idle!.Unload() >= 0 && runtime.Executions.IsEmpty);
        var seen = new List<HistoryEventType>();
        var watching = Task.Run(
            async () =>
            {
                await foreach (var historyEvent in runtime.WatchAsync(handle.Arn, 0, Token))
                {
                    lock (seen) seen.Add(historyEvent.Type);
                }
            },
            Token);
        await UntilAsync(() => runtime.Executions.Find(handle.Arn) is { IsAtRest: true, Publication.IsWatched: true });
        runtime.Idle!.Unload().ShouldBe(0);
        clock.Advance(TimeSpan.FromSeconds(61));
        await watching.WaitAsync(Long, Token);
        seen.ShouldBe([HistoryEventType.ExecutionStarted, HistoryEventType.WaitStateEntered, HistoryEventType.WaitStateExited, HistoryEventType.ExecutionSucceeded]);
    }

    [Fact]
    public async Task After_a_restart_what_only_waits_is_not_read_before_it_is_due()
    {
        var plan = Machines.Plan(("Wait", new WaitState { Seconds = 3600, End = true }));
        await using (var first = Runtime())
        {
            first.StateMachines.Add("Waits", plan);
            for (var i = 0; i < 20; i++) await first.StartAsync("Waits", i, $"run-{i}", Token);
        }

        await using var second = Runtime();
        second.StateMachines.Add("Waits", plan);
        var summary = await second.ResumeAllAsync(Token);
        summary.Resumed.Count.ShouldBe(20);
        summary.Failed.ShouldBeEmpty();
        second.Executions.IsEmpty.ShouldBeTrue();
        clock.Advance(TimeSpan.FromHours(2));
        await UntilAsync(async () => await CountAsync(second, ExecutionStatus.Succeeded) == 20);
    }

    [Fact]
    public async Task A_task_that_waits_for_a_worker_stays_in_memory()
    {
        const string activity = "arn:aws:states:us-east-1:000000000000:activity:Paint";
        await using var runtime = Runtime();
        runtime.Activities.Create(activity);
        var handle = await runtime.StartAsync(Machines.Plan(("Paint", new TaskState { Resource = activity, End = true })), 1, new ExecutionOptions { Name = "one" }, Token);
        await UntilAsync(() => runtime.Executions.Find(handle.Arn)!.IsAtRest);
        runtime.Idle!.Unload().ShouldBe(0);
        var task = await runtime.Activities.GetTaskAsync(activity, "worker", Token);
        // A worker has it now: until it answers, nothing in this process works.
        await UntilAsync(() => runtime.Idle!.Unload() >= 0 && runtime.Executions.IsEmpty);
        (await runtime.SendTaskSuccessAsync(task.TaskToken, 2, Token)).ShouldBeTrue();
        (await handle.Completion.WaitAsync(Long, Token)).Output.ShouldBe((JsonValue)2);
    }

    [Fact]
    public async Task Signals_that_race_with_leaving_are_all_taken()
    {
        await using var runtime = Runtime();
        var plan = Machines.Plan(("Wait", new WaitState { Seconds = 3600, End = true }));
        for (var round = 0; round < 300; round++)
        {
            var handle = await runtime.StartAsync(plan, 1, new ExecutionOptions { Name = $"run-{round}" }, Token);
            var leaving = Task.Run(() => runtime.Idle!.Unload(), Token);
            (await handle.StopAsync().WaitAsync(Long, Token)).ShouldBeTrue($"round {round}");
            (await handle.Completion.WaitAsync(Long, Token)).Status.ShouldBe(ExecutionStatus.Aborted);
            await leaving;
        }
    }

    [Fact]
    public async Task Everything_stays_when_the_timeout_is_infinite()
    {
        await using var runtime = new OrkestraRuntime(options: new OrkestraOptions { Store = store, TimeProvider = clock, IdleTimeout = Timeout.InfiniteTimeSpan });
        var handle = await runtime.StartAsync(Machines.Plan(("Wait", new WaitState { Seconds = 60, End = true })), 5, new ExecutionOptions { Name = "one" }, Token);
        await UntilAsync(() => runtime.Executions.Find(handle.Arn)!.IsAtRest);
        runtime.Idle!.IsOn.ShouldBeFalse();
    }

    OrkestraRuntime Runtime(Action<FunctionInvoker>? with = null)
    {
        var invoker = new FunctionInvoker().On("Work", input => input);
        with?.Invoke(invoker);
        return new OrkestraRuntime(invoker, new OrkestraOptions { Store = store, TimeProvider = clock, IdleTimeout = TimeSpan.Zero });
    }

    static async Task<int> CountAsync(OrkestraRuntime runtime, ExecutionStatus status) =>
        (await runtime.QueryAsync(new ExecutionQuery { Status = status, Limit = 1000 }, Token)).Executions.Count;

    static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var timeout = new CancellationTokenSource(Long);
        while (!await holds()) await Task.Delay(5, timeout.Token);
    }
}
