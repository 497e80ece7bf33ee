using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Running;

/// <summary>Whatever an execution waits for when its process ends, it goes on in the next one.</summary>
public sealed class ResumedWaitTests
{
    const string Activity = "arn:aws:states:us-east-1:000000000000:activity:Paint";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly FaultyStore store = new();
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    static CancellationToken Token => TestContext.Current.CancellationToken;

    // The answer of one branch arrives while the failure of the other one is applied, and the process ends before that answer is stored.
    [Theory]
    [InlineData("""
        { "Type": "Map", "Label": "Each", "Items": "{% [1] %}", "End": true, "ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
          "StartAt": "Child", "States": { "Child": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": { "FunctionName": "Child" }, "End": true } } } }
        """, HistoryEventType.MapRunSucceeded)]
    [InlineData("""
        { "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "End": true,
          "Arguments": { "StateMachineArn": "arn:aws:states:us-east-1:000000000000:stateMachine:Child" } }
        """, HistoryEventType.TaskSucceeded)]
    public async Task An_answer_that_is_not_stored_yet_is_asked_for_again(string state, HistoryEventType answered)
    {
        var childEnds = new TaskCompletionSource();
        var fails = new TaskCompletionSource();
        var killed = new TaskCompletionSource();
        var arrived = false;
        ExecutionHandle? parent = null;
        OrkestraRuntime? first = null;
        first = Runtime(state, new FunctionInvoker()
            .OnAsync("Child", async (input, _) =>
            {
                await childEnds.Task;
                return TaskOutcome.Payload(input);
            })
            .OnAsync("Fails", async (_, _) =>
            {
                await fails.Task;
                throw new SlowlyDescribedException(() =>
                {
                    childEnds.SetResult();
                    arrived = SpinWait.SpinUntil(() => first!.Executions.Find(parent!.Arn)!.IsWithoutWork, Patience);
                });
            }));
        store.Stored = commit => commit.Execution.Name == "parent" && commit.Signals.ToArray().Any(signal => signal.Kind == ExecutionSignalKind.TaskFailed) ? new ValueTask(killed.Task) : default;
        parent = await first.StartAsync("Parent", 1, "parent", Token);
        await UntilAsync(async () => (await first.FindAsync(parent.Arn, Token))! is var known
            && (known.MapRuns.Any(run => run.ItemCounts.Running > 0) || known.History.Any(happened => happened.Type == HistoryEventType.TaskSubmitted)));
        fails.SetResult();
        await UntilAsync(async () => (await store.ReadSignalsAsync(parent.Arn, Token)).Any(signal => signal.Kind == ExecutionSignalKind.TaskFailed));
        arrived.ShouldBeTrue();
        await first.DisposeAsync();
        store.Stored = _ => default;

        await using var second = Runtime(state, new FunctionInvoker());
        (await second.ResumeAllAsync(Token)).Failed.ShouldBeEmpty();
        await UntilAsync(async () => (await second.FindAsync(parent.Arn, Token))!.History.Any(happened => happened.Type == answered));
        killed.SetResult();
    }

    [Fact]
    public async Task An_activity_that_an_invoker_works_on_is_given_to_it_again()
    {
        var (plan, arn) = await LeavePaintingAsync();
        await using var second = new OrkestraRuntime(new ActivityInvoker(Task.FromResult(TaskOutcome.Result(2))), Options());
        second.StateMachines.Add("Paints", plan);
        (await second.ResumeAllAsync(Token)).Resumed.ShouldBe([arn]);
        await UntilAsync(async () => (await second.FindAsync(arn, Token))!.Status == ExecutionStatus.Succeeded);
        var history = (await second.FindAsync(arn, Token))!.History;
        history.Select(happened => happened.Type).ShouldBe([
            HistoryEventType.ExecutionStarted, HistoryEventType.TaskStateEntered, HistoryEventType.ActivityScheduled, HistoryEventType.ActivityStarted, HistoryEventType.ActivitySucceeded,
            HistoryEventType.TaskStateExited, HistoryEventType.ExecutionSucceeded,
        ]);
    }

    [Fact]
    public async Task A_worker_takes_the_activity_that_an_invoker_no_longer_handles()
    {
        var (plan, arn) = await LeavePaintingAsync();
        await using var second = new OrkestraRuntime(new FunctionInvoker(), Options());
        second.StateMachines.Add("Paints", plan);
        second.Activities.Create(Activity);
        await second.ResumeAllAsync(Token);
        var task = await second.Activities.GetTaskAsync(Activity, "worker", Token).WaitAsync(Patience, Token);
        (await second.SendTaskSuccessAsync(task.TaskToken, 3, Token)).ShouldBeTrue();
        (await (await second.ResumeAsync(arn, Token)).Completion.WaitAsync(Patience, Token)).Output.ShouldBe((JsonValue)3);
    }

    // An execution whose process ends while an invoker works on its activity.
    async Task<(ExecutionPlan Plan, string Arn)> LeavePaintingAsync()
    {
        var plan = Machines.Plan(("Paint", new TaskState { Resource = Activity, End = true }));
        await using var first = new OrkestraRuntime(new ActivityInvoker(new TaskCompletionSource<TaskOutcome>().Task), Options());
        first.StateMachines.Add("Paints", plan);
        var started = await first.StartAsync("Paints", 1, "one", Token);
        await UntilAsync(async () => (await store.ReadSignalsAsync(started.Arn, Token)).Any(signal => signal.Kind == ExecutionSignalKind.ActivityStarted));
        return (plan, started.Arn);
    }

    // The pump of the start has the name until the store refuses it.
    [Fact]
    public async Task Starting_an_execution_again_does_not_hide_it_while_all_are_resumed()
    {
        var (arn, _) = await LeaveAsync(answer: new TaskCompletionSource<TaskOutcome>().Task);
        var refused = new TaskCompletionSource();
        store.Fault = commit => commit.ExpectedSequence == 0 ? new ValueTask(refused.Task) : default;
        var calls = new ConcurrentBag<string>();
        await using var second = Asking(calls);
        var again = second.StartAsync("Asks", 1, "one", Token);
        var resuming = second.ResumeAllAsync(Token);
        refused.SetResult();
        (await resuming).Resumed.ShouldBe([arn]);
        (await again).Arn.ShouldBe(arn);
        await UntilAsync(() => Task.FromResult(!calls.IsEmpty));
    }

    [Fact]
    public async Task Starting_an_execution_again_does_not_hide_it_from_its_callback_and_from_a_stop()
    {
        var (arn, token) = await LeaveAsync();
        var refused = new TaskCompletionSource();
        store.Fault = commit => commit.ExpectedSequence == 0 ? new ValueTask(refused.Task) : default;
        await using var second = Asking([]);
        var again = second.StartAsync("Asks", 1, "one", Token);
        var sending = second.SendTaskHeartbeatAsync(token, Token);
        var stopping = second.StopAsync(arn, "Enough", cancellationToken: Token);
        refused.SetResult();
        (await sending).ShouldBeTrue();
        (await stopping).ShouldBeTrue();
        // Where the stop comes first, the name belongs to an execution that has ended.
        try
        {
            (await again.WaitAsync(Patience, Token)).Arn.ShouldBe(arn);
        }
        catch (ExecutionExistsException)
        {
        }

        (await second.FindAsync(arn, Token))!.Error.ShouldBe("Enough");
    }

    [Fact]
    public async Task An_execution_that_was_redriven_and_waits_is_in_memory_once_and_leaves_it()
    {
        var broken = true;
        await using var runtime = new OrkestraRuntime(new FunctionInvoker().OnAsync("Work", (input, _) => Task.FromResult(broken ? TaskOutcome.FunctionError("Broken", "") : TaskOutcome.Payload(input))), Options());
        runtime.StateMachines.Add("Works", Machines.Plan(("Work", Machines.Invoke("Work", "Wait")), ("Wait", new WaitState { Seconds = 3600, End = true })));
        var started = await runtime.StartAsync("Works", 1, "one", Token);
        (await started.Completion.WaitAsync(Patience, Token)).Status.ShouldBe(ExecutionStatus.Failed);
        await UntilAsync(() => Task.FromResult(runtime.Executions.IsEmpty));
        broken = false;
        await runtime.RedriveAsync(started.Arn, Token);
        var pump = runtime.Executions.Find(started.Arn).ShouldNotBeNull();
        await UntilAsync(() => Task.FromResult(pump.IsAtRest));
        await UntilAsync(() => Task.FromResult(runtime.Idle!.Unload() == 1));
        runtime.Executions.IsEmpty.ShouldBeTrue();
        clock.Advance(TimeSpan.FromHours(2));
        await UntilAsync(async () => (await runtime.FindAsync(started.Arn, Token))!.Status == ExecutionStatus.Succeeded);
        (await store.ReadSignalsAsync(started.Arn, Token)).Count(signal => signal.Kind == ExecutionSignalKind.Resumed).ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_redrive_at_the_moment_of_the_end_ends_as_well(bool isStored)
    {
        await using var runtime = new OrkestraRuntime(new FunctionInvoker().OnAsync("Work", (_, _) => Task.FromResult(TaskOutcome.FunctionError("Broken", ""))), isStored ? Options() : new OrkestraOptions());
        runtime.StateMachines.Add("Works", Machines.Plan(("Work", Machines.Invoke("Work"))));
        for (var round = 0; round < 200; round++)
        {
            var started = await runtime.StartAsync("Works", 1, $"run-{round}", Token);
            SpinWait.SpinUntil(() => started.Status != ExecutionStatus.Running, Patience).ShouldBeTrue();
            var redriven = await runtime.RedriveAsync(started.Arn, Token);
            var ended = await redriven.Completion.WaitAsync(Patience, Token);
            (ended.Error, ended.RedriveCount).ShouldBe(("Broken", 1), $"round {round}");
        }
    }

    [Fact]
    public async Task What_answers_after_the_end_does_not_count_as_work_of_the_redriven_execution()
    {
        var answers = new TaskCompletionSource<TaskOutcome>();
        var broken = true;
        await using var runtime = new OrkestraRuntime(new FunctionInvoker()
            .OnAsync("Slow", (_, _) => broken ? answers.Task : Task.FromResult(TaskOutcome.Payload(1)))
            .OnAsync("Fails", async (input, _) =>
            {
                await Task.Yield();
                return broken ? TaskOutcome.FunctionError("Broken", "") : TaskOutcome.Payload(input);
            }));
        runtime.StateMachines.Add("Both", ExecutionPlan.Compile(AslReader.Parse(Both("""
            { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": { "FunctionName": "Slow" }, "End": true }
            """, catches: false))));
        var started = await runtime.StartAsync("Both", 1, "one", Token);
        (await started.Completion.WaitAsync(Patience, Token)).Error.ShouldBe("Broken");
        answers.SetResult(TaskOutcome.Payload(1));
        broken = false;
        var redriven = await started.RedriveAsync();
        await UntilAsync(() => Task.FromResult(runtime.Executions.Find(started.Arn)!.IsWithoutWork));
        await runtime.DrainAsync(Token).WaitAsync(Patience, Token);
        redriven.Status.ShouldBe(ExecutionStatus.Running);
    }

    // An execution that asked for a callback, and whose process ended.
    async Task<(string Arn, string Token)> LeaveAsync(Task<TaskOutcome>? answer = null)
    {
        var calls = new ConcurrentBag<string>();
        await using var runtime = Asking(calls, answer);
        var started = await runtime.StartAsync("Asks", 1, "one", Token);
        // The token is stored with the answer to the request.
        await UntilAsync(async () => calls.TryPeek(out var token) && (answer is not null || await store.FindTokenOwnerAsync(token, Token) is not null));
        return (started.Arn, calls.Single());
    }

    OrkestraRuntime Asking(ConcurrentBag<string> calls, Task<TaskOutcome>? answer = null)
    {
        var runtime = new OrkestraRuntime(new FunctionInvoker().OnAsync("Ask", (input, _) =>
        {
            calls.Add(((JsonString)input["token"]!).Value);
            return answer ?? Task.FromResult(TaskOutcome.Payload(JsonValue.Null));
        }), Options());
        runtime.StateMachines.Add("Asks", Machines.Plan(("Ask", new TaskState
        {
            Resource = "arn:aws:states:::lambda:invoke.waitForTaskToken",
            Arguments = JsonValue.Parse("""{"FunctionName":"Ask","Payload":{"token":"{% $states.context.Task.Token %}"}}"""),
            End = true,
        })));
        return runtime;
    }

    OrkestraRuntime Runtime(string state, ITaskInvoker invoker)
    {
        var runtime = new OrkestraRuntime(invoker, Options());
        runtime.StateMachines.Add("Parent", ExecutionPlan.Compile(AslReader.Parse(Both(state, catches: true))));
        runtime.StateMachines.Add("Child", Machines.Plan(("Child", Machines.Invoke("Child"))));
        return runtime;
    }

    OrkestraOptions Options() => new() { Store = store, TimeProvider = clock, IdleTimeout = TimeSpan.Zero };

    static string Both(string state, bool catches) => $$$"""
        { "QueryLanguage": "JSONata", "StartAt": "Both", "States": { "Both": { "Type": "Parallel", "Next": "Wait", "Branches": [
          { "StartAt": "Works", "States": { "Works": {{{state}}} } },
          { "StartAt": "Fails", "States": {
            "Fails": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": { "FunctionName": "Fails" }, "Next": "Pause"
              {{{(catches ? """, "Catch": [{ "ErrorEquals": ["States.ALL"], "Output": "{% $states.errorOutput.Cause %}", "Next": "Pause" }]""" : "")}}} },
            "Pause": { "Type": "Wait", "Seconds": 3600, "End": true } } } ] },
          "Wait": { "Type": "Wait", "Seconds": 3600, "End": true } } }
        """;

    static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (!await holds()) await Task.Delay(5, timeout.Token);
    }

    sealed class ActivityInvoker(Task<TaskOutcome> answer) : ITaskInvoker
    {
        public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
        {
            await Task.Yield();
            return await answer;
        }
    }

#pragma warning disable CA1032 // Only its message matters.
    sealed class SlowlyDescribedException(Action describing) : Exception
#pragma warning restore CA1032
    {
        int described;

        public override string Message
        {
            get
            {
                if (Interlocked.Exchange(ref described, 1) == 0) describing();
                return "slowly described";
            }
        }
    }
}
