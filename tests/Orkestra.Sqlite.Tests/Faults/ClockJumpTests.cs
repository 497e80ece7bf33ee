using System.Collections.Concurrent;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Sqlite.Tests.Faults;

/// <summary>A clock that is set forward and back while executions wait, retry and wait for callbacks, with restarts in between.</summary>
public sealed class ClockJumpTests : IDisposable
{
    const string Machine = """
        {"StartAt":"Try","States":{
          "Try":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"try"},"Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":1800,"MaxAttempts":1}],"Next":"Rest"},
          "Rest":{"Type":"Wait","Seconds":3600,"Next":"Ask"},
          "Ask":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken","Parameters":{"FunctionName":"ask","Payload.$":"$$.Task.Token"},"Next":"Again"},
          "Again":{"Type":"Wait","Seconds":3600,"Next":"Done"},
          "Done":{"Type":"Succeed"}}}
        """;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly TempFolder folder = new();
    readonly SetClock clock = new();
    readonly ConcurrentQueue<string> tokens = [];
    int tries;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Executions_end_as_if_the_clock_had_gone_on_evenly()
    {
        string arn;
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            await using var runtime = Runtime(store);
            arn = (await runtime.StartAsync("jumps", JsonObject.Empty, "one", Ct)).Arn;
            await UntilAsync(runtime, arn, "TaskFailed");
            // Backward, then forward beyond the time of the retry and of the wait.
            clock.Set(TimeSpan.FromDays(-1));
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ct);
            tries.ShouldBe(1);
            clock.Set(TimeSpan.FromMinutes(31));
            await UntilAsync(runtime, arn, "WaitStateEntered");
        }

        clock.Set(TimeSpan.FromDays(-2));
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            await using var runtime = Runtime(store);
            (await runtime.ResumeAllAsync(Ct)).Failed.ShouldBeEmpty();
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ct);
            tokens.ShouldBeEmpty();
            clock.Set(TimeSpan.FromHours(2));
            await UntilAsync(runtime, arn, "TaskSubmitted");
            // The answer comes while the clock is behind the execution.
            clock.Set(TimeSpan.FromDays(-3));
            (await runtime.SendTaskSuccessAsync(tokens.Single(), 1, Ct)).ShouldBeTrue();
            await UntilAsync(runtime, arn, "TaskSucceeded", times: 2);
        }

        clock.Set(TimeSpan.FromHours(4));
        await using var last = new SqliteExecutionStore(folder.Store);
        await using var end = Runtime(last);
        await end.ResumeAllAsync(Ct);
        await UntilAsync(end, arn, "ExecutionSucceeded");
        var history = await end.ReadHistoryAsync(arn, cancellationToken: Ct);
        history.Select(happened => happened.Timestamp).ShouldBeInOrder();
        history.Where(happened => happened.Type.ToString().EndsWith("StateEntered", StringComparison.Ordinal)).Select(happened => happened.StateName).ShouldBe(["Try", "Rest", "Ask", "Again", "Done"]);
        tries.ShouldBe(2);
    }

    OrkestraRuntime Runtime(SqliteExecutionStore store)
    {
        var runtime = new OrkestraRuntime(
            new Invoker(this), new OrkestraOptions { Store = store, TimeProvider = clock, IdleTimeout = TimeSpan.FromMilliseconds(50), LongestSleep = TimeSpan.FromMilliseconds(20) });
        runtime.StateMachines.Add("jumps", ExecutionPlan.Compile(AslReader.Parse(Machine)));
        return runtime;
    }

    static async Task UntilAsync(OrkestraRuntime runtime, string arn, string type, int times = 1)
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await runtime.ReadHistoryAsync(arn, cancellationToken: Ct)).Count(happened => happened.Type.ToString() == type) < times)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
    }

    sealed class Invoker(ClockJumpTests test) : ITaskInvoker
    {
        public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
        {
            if (invocation.Input["Payload"] is JsonString token)
            {
                test.tokens.Enqueue(token.Value);
                return new(TaskOutcome.Payload(JsonObject.Empty));
            }

            return new(Interlocked.Increment(ref test.tries) == 1 ? TaskOutcome.Failure("Busy", "later") : TaskOutcome.Payload(1));
        }
    }

    /// <summary>The system's clock, moved. Its timers are real.</summary>
    sealed class SetClock : TimeProvider
    {
        TimeSpan offset;

        internal void Set(TimeSpan to) => offset = to;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;
    }
}
