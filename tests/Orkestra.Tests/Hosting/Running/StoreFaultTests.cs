using Orkestra.Asl;
using Orkestra.Asl.Maps;
using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Running;

/// <summary>What happens when a store fails: what the caller is told, what the execution does, and what is tried again.</summary>
public sealed class StoreFaultTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    static readonly ExecutionPlan Two = Machines.Plan(("First", Machines.Invoke("Work", "Second")), ("Second", Machines.Invoke("Work")));

    readonly FaultyStore store = new();
    int calls;

    FunctionInvoker Functions => new FunctionInvoker().On("Work", input =>
    {
        Interlocked.Increment(ref calls);
        return input;
    });

    OrkestraRuntime Runtime(ITaskInvoker? invoker = null, int retries = 0, TimeSpan? timeout = null) =>
        new(invoker ?? Functions, new OrkestraOptions { Store = store, StoreRetries = retries, StoreTimeout = timeout ?? Patience });

    public static TheoryData<bool> BothWays => [true, false];

    // A store that throws before its first wait, and one that throws after it.
    static ValueTask Fail(bool isSynchronous)
    {
        if (isSynchronous) throw new IOException("The disk is full.");
        return FailLater();

        static async ValueTask FailLater()
        {
            await Task.Yield();
            throw new IOException("The disk is full.");
        }
    }

    [Fact]
    public async Task A_redrive_waits_for_an_end_that_is_stored_and_not_seen_yet()
    {
        var (stored, answers, fails) = (new TaskCompletionSource(), new TaskCompletionSource(), true);
        store.Stored = commit =>
        {
            if (commit.Execution.Status != ExecutionStatus.Failed) return ValueTask.CompletedTask;
            stored.SetResult();
            return new ValueTask(answers.Task);
        };
        await using var runtime = Runtime(new FunctionInvoker().OnAsync("Work", async (input, _) =>
        {
            await Task.Yield();
            return fails ? throw new InvalidOperationException("Not yet.") : TaskOutcome.Payload(input);
        }));
        runtime.StateMachines.Add("Two", Two);
        var handle = await runtime.StartAsync("Two", 1, "one");
        await stored.Task.WaitAsync(Patience);
        (await store.FindAsync(handle.Arn, CancellationToken.None))!.Status.ShouldBe(ExecutionStatus.Failed);
        (fails, store.Stored) = (false, _ => ValueTask.CompletedTask);
        var redrive = runtime.RedriveAsync(handle.Arn, CancellationToken.None);
        answers.SetResult();
        (await (await redrive.WaitAsync(Patience)).Completion.WaitAsync(Patience)).IsSuccess.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task A_start_that_is_not_stored_is_no_start(bool isSynchronous)
    {
        store.Fault = _ => Fail(isSynchronous);
        await using var runtime = Runtime();
        var problem = await Should.ThrowAsync<ExecutionStoreException>(() => runtime.StartAsync(Two, 1, new ExecutionOptions { Name = "one" }).WaitAsync(Patience));
        problem.InnerException.ShouldBeOfType<IOException>();
        calls.ShouldBe(0);
        (await runtime.QueryAsync(new ExecutionQuery())).Executions.ShouldBeEmpty();

        // The name is free.
        store.Fault = _ => ValueTask.CompletedTask;
        var handle = await runtime.StartAsync(Two, 1, new ExecutionOptions { Name = "one" });
        (await handle.Completion.WaitAsync(Patience)).IsSuccess.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task A_store_that_fails_once_changes_nothing(bool isSynchronous)
    {
        var failures = 0;
        store.Fault = commit => commit.ExpectedSequence > 0 && failures++ < 2 ? Fail(isSynchronous) : ValueTask.CompletedTask;
        await using var runtime = Runtime(retries: 3);
        var result = await runtime.RunAsync(Two, 1).AsTask().WaitAsync(Patience);
        result.IsSuccess.ShouldBeTrue();
        calls.ShouldBe(2);
        (await store.FindAsync(result.Arn, CancellationToken.None))!.Status.ShouldBe(ExecutionStatus.Succeeded);
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public async Task A_store_that_keeps_failing_suspends_the_execution_which_can_be_resumed(bool isSynchronous)
    {
        store.Fault = commit => commit.ExpectedSequence > 0 ? Fail(isSynchronous) : ValueTask.CompletedTask;
        await using var runtime = Runtime(retries: 1);
        var handle = await runtime.StartAsync(Two, 1);
        var problem = await Should.ThrowAsync<ExecutionStoreException>(() => handle.Completion.WaitAsync(Patience));
        problem.Message.ShouldContain(handle.Arn);
        var stored = (await store.FindAsync(handle.Arn, CancellationToken.None))!;
        (stored.Status, stored.Sequence).ShouldBe((ExecutionStatus.Running, 1));
        (await runtime.FindAsync(handle.Arn))!.Status.ShouldBe(ExecutionStatus.Running);

        store.Fault = _ => ValueTask.CompletedTask;
        var resumed = await runtime.ResumeAsync(handle.Arn);
        var result = await resumed.Completion.WaitAsync(Patience);
        result.IsSuccess.ShouldBeTrue();
        result.History.ShouldNotContain(e => e.Error != null);
        // At least once: the first task is called again, as its answer was not stored.
        calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_store_that_hangs_suspends_the_execution_and_keeps_no_reader_waiting()
    {
        var never = new TaskCompletionSource();
        store.Fault = commit => commit.ExpectedSequence > 0 ? new ValueTask(never.Task) : ValueTask.CompletedTask;
        await using var runtime = Runtime(timeout: TimeSpan.FromMilliseconds(300));
        var handle = await runtime.StartAsync(Two, 1);
        handle.Snapshot.History.Count.ShouldBe(4);
        handle.Status.ShouldBe(ExecutionStatus.Running);
        (await Should.ThrowAsync<ExecutionStoreException>(() => handle.Completion.WaitAsync(Patience))).Message.ShouldContain("within 00:00:00.3");
        (await Should.ThrowAsync<ExecutionStoreException>(() => handle.StopAsync().WaitAsync(Patience))).Message.ShouldContain(handle.Arn);
    }

    [Fact]
    public async Task What_a_slow_store_has_not_stored_is_not_shown_and_not_acted_upon()
    {
        var isStored = new TaskCompletionSource();
        var seen = new List<HistoryEventType>();
        store.Fault = commit => commit.ExpectedSequence == 1 ? new ValueTask(isStored.Task) : ValueTask.CompletedTask;
        await using var runtime = Runtime();
        var handle = await runtime.StartAsync(Two, 1, new ExecutionOptions { OnEvent = e => { lock (seen) seen.Add(e.Type); } });
        while (store.Commits < 2) await Task.Delay(1, TestContext.Current.CancellationToken);
        calls.ShouldBe(1);
        handle.Snapshot.History.Count.ShouldBe(4);
        lock (seen) seen.Count.ShouldBe(4);
        isStored.SetResult();
        (await handle.Completion.WaitAsync(Patience)).IsSuccess.ShouldBeTrue();
        calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_lost_lock_suspends_the_execution_at_once()
    {
        store.Fault = commit => commit.ExpectedSequence > 0 ? throw new SequenceConflictException(commit.Execution.Arn, commit.ExpectedSequence, 7) : ValueTask.CompletedTask;
        await using var runtime = Runtime(retries: 5);
        var handle = await runtime.StartAsync(Two, 1);
        (await Should.ThrowAsync<SequenceConflictException>(() => handle.Completion.WaitAsync(Patience))).Message.ShouldContain("there are 7");
        store.Commits.ShouldBe(2);
        calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_child_whose_store_fails_suspends_its_parent_and_is_never_its_failure()
    {
        var map = new MapState
        {
            ItemProcessor = new ItemProcessor
            {
                StartAt = "Work", States = new EquatableMap<State>([("Work", (State)Machines.Invoke("Work"))]), ProcessorConfig = new ProcessorConfig { Mode = "DISTRIBUTED", ExecutionType = "STANDARD" },
            },
            End = true,
        };
        store.Fault = commit => commit.Execution.Parent is not null && commit.ExpectedSequence > 0 ? Fail(isSynchronous: false) : ValueTask.CompletedTask;
        await using var runtime = Runtime();
        var handle = await runtime.StartAsync(Machines.Plan(("Each", map)), JsonValue.Parse("[1,2,3]"));
        await Should.ThrowAsync<ExecutionStoreException>(() => handle.Completion.WaitAsync(Patience));
        (await store.FindAsync(handle.Arn, CancellationToken.None))!.Status.ShouldBe(ExecutionStatus.Running);
        (await store.ReadSignalsAsync(handle.Arn, CancellationToken.None)).ShouldNotContain(signal => signal.Kind == ExecutionSignalKind.ChildFailed);

        // The first child to fail suspends the parent; the others may still try.
        using var patience = new CancellationTokenSource(Patience);
        while (!runtime.Executions.IsEmpty) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        store.Fault = _ => ValueTask.CompletedTask;
        var result = await (await runtime.ResumeAsync(handle.Arn)).Completion.WaitAsync(Patience);
        result.Output.ShouldBe(JsonValue.Parse("[1,2,3]"), result.Cause);
    }

    [Theory]
    [InlineData("startExecution.sync:2")]
    public async Task A_nested_execution_whose_store_fails_suspends_the_one_that_waits(string action)
    {
        await using var runtime = Runtime();
        var child = runtime.StateMachines.Add("Child", Two);
        var parent = ExecutionPlan.Compile(AslReader.Parse($$"""
            { "StartAt": "Call", "States": { "Call": { "Type": "Task", "Resource": "arn:aws:states:::states:{{action}}", "End": true,
              "Parameters": { "StateMachineArn": "{{child.Arn}}", "Input": 1 }, "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Call" }] } } }
            """));
        store.Fault = commit => commit.Execution.StateMachineArn == child.Arn && commit.ExpectedSequence > 0 ? Fail(isSynchronous: false) : ValueTask.CompletedTask;
        var handle = await runtime.StartAsync(parent, JsonObject.Empty);
        await Should.ThrowAsync<ExecutionStoreException>(() => handle.Completion.WaitAsync(Patience));
        (await store.FindAsync(handle.Arn, CancellationToken.None))!.Status.ShouldBe(ExecutionStatus.Running);
        store.Fault = _ => ValueTask.CompletedTask;
        (await (await runtime.ResumeAsync(handle.Arn)).Completion.WaitAsync(Patience)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task A_callback_is_acknowledged_only_when_it_is_stored()
    {
        var tokens = new TaskCompletionSource<string>();
        var plan = Machines.Plan(("Ask", new TaskState { Resource = "arn:aws:states:::lambda:invoke.waitForTaskToken", Arguments = JsonObject.Create(("FunctionName", "Ask")), End = true }));
        await using var runtime = Runtime(new FunctionInvoker().OnAsync("Ask", (_, invocation) =>
        {
            tokens.TrySetResult(invocation.TaskToken);
            return Task.FromResult(TaskOutcome.Result("asked"));
        }));
        var handle = await runtime.StartAsync(plan, 1);
        var token = await tokens.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        while (handle.Snapshot.History.All(e => e.Type != HistoryEventType.TaskSubmitted)) await Task.Delay(1, TestContext.Current.CancellationToken);
        store.Fault = _ => Fail(isSynchronous: true);
        await Should.ThrowAsync<ExecutionStoreException>(() => runtime.SendTaskSuccessAsync(token, "answer").WaitAsync(Patience));

        // The task still waits, here and in any other runtime on the store: the token is found there.
        store.Fault = _ => ValueTask.CompletedTask;
        (await runtime.SendTaskSuccessAsync(token, "again").WaitAsync(Patience)).ShouldBeTrue();
        var resumed = await runtime.FindAsync(handle.Arn);
        for (var i = 0; resumed!.Status == ExecutionStatus.Running && i < 10_000; i++)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
            resumed = await runtime.FindAsync(handle.Arn);
        }

        resumed.Output.ShouldBe((JsonValue)"again");
        (await runtime.SendTaskSuccessAsync(token, "late")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_stop_is_acknowledged_only_when_it_is_stored()
    {
        await using var runtime = Runtime();
        var handle = await runtime.StartAsync(Machines.Plan(("Wait", new WaitState { Seconds = 3600, End = true })), 1);
        store.Fault = _ => Fail(isSynchronous: true);
        await Should.ThrowAsync<ExecutionStoreException>(() => handle.StopAsync().WaitAsync(Patience));
        (await store.FindAsync(handle.Arn, CancellationToken.None))!.Status.ShouldBe(ExecutionStatus.Running);
        store.Fault = _ => ValueTask.CompletedTask;
        (await runtime.StopAsync(handle.Arn, "Enough")).ShouldBeTrue();
        (await store.FindAsync(handle.Arn, CancellationToken.None))!.Status.ShouldBe(ExecutionStatus.Aborted);
    }

    [Fact]
    public async Task Of_two_runtimes_that_resume_an_execution_one_goes_on()
    {
        var gate = new TaskCompletionSource<TaskOutcome>();
        var waiting = 0;
        var slow = new FunctionInvoker().OnAsync("Work", (_, _) =>
        {
            Interlocked.Increment(ref waiting);
            return gate.Task;
        });
        string arn;
        await using (var before = Runtime(slow)) arn = (await before.StartAsync(Two, 1)).Arn;
        await using var first = Runtime(slow);
        await using var second = Runtime(slow);
        var one = await first.ResumeAsync(arn);
        var two = await second.ResumeAsync(arn);
        while (Volatile.Read(ref waiting) < 2) await Task.Delay(1, TestContext.Current.CancellationToken);
        gate.SetResult(TaskOutcome.Payload(1));
        var ends = await Task.WhenAll(new[] { one, two }.Select(async handle =>
        {
            try
            {
                return (await handle.Completion.WaitAsync(Patience)).Status.ToString();
            }
            catch (SequenceConflictException)
            {
                return "suspended";
            }
        }));
        ends.Order().ShouldBe(["Succeeded", "suspended"]);
    }

    [Fact]
    public async Task An_execution_is_not_resumed_with_another_definition()
    {
        await using var runtime = Runtime(new FunctionInvoker().OnAsync("Work", (_, _) => new TaskCompletionSource<TaskOutcome>().Task));
        var handle = await runtime.StartAsync(Two, 1);
        var signals = await store.ReadSignalsAsync(handle.Arn, CancellationToken.None);
        var other = Machines.Plan(("First", Machines.Invoke("Work", "Last")), ("Last", Machines.Invoke("Work")));
        await using var after = Runtime();
        var problem = Should.Throw<ExecutionReplayException>(() => after.Resume(other, signals));
        problem.Message.ShouldContain(Two.DefinitionHash);
        problem.Message.ShouldContain(other.DefinitionHash);
    }

    [Fact]
    public async Task Many_heartbeats_are_stored_with_what_follows_them()
    {
        var tokens = new TaskCompletionSource<string>();
        var plan = Machines.Plan(("Ask", new TaskState
        {
            Resource = "arn:aws:states:::lambda:invoke.waitForTaskToken", Arguments = JsonObject.Create(("FunctionName", "Ask")), HeartbeatSeconds = 600, End = true,
        }));
        await using var runtime = Runtime(new FunctionInvoker().OnAsync("Ask", (_, invocation) =>
        {
            tokens.TrySetResult(invocation.TaskToken);
            return Task.FromResult(TaskOutcome.Result("asked"));
        }));
        var handle = await runtime.StartAsync(plan, 1);
        var token = await tokens.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        for (var i = 0; i < 1_000; i++) (await runtime.SendTaskHeartbeatAsync(token)).ShouldBeTrue();
        (await runtime.SendTaskSuccessAsync(token, 1)).ShouldBeTrue();
        await handle.Completion.WaitAsync(Patience);
        store.Commits.ShouldBeLessThan(10);
    }
}
