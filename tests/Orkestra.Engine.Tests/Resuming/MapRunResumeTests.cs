using System.Text;
using Orkestra.Asl;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Objects;
using Orkestra.Hosting.Storage;
using Shouldly;
using Xunit;

namespace Orkestra.Engine.Tests.Resuming;

public sealed class MapRunResumeTests
{
    const string Definition = """
        {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"MaxConcurrency":2,
          "ItemSelector":{"n.$":"$$.Map.Item.Value","id.$":"States.UUID()"},
          "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"results","Prefix":"all"}},
          "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"T",
            "States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:work","End":true}}}}}}
        """;

    static readonly ExecutionPlan Plan = ExecutionPlan.Compile(AslReader.Parse(Definition));
    static readonly JsonValue Items = JsonValue.Parse("[1,2,3,4,5]");
    static readonly DateTimeOffset Later = new(2025, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Results_of_children_that_ended_before_a_restart_are_written()
    {
        var (store, objects, world) = (new ByteStore(), new MemoryObjectStore(), new Work());
        (await StartAsync(store, objects, world)).IsSuccess.ShouldBeTrue();
        var whole = await WrittenAsync(objects);
        whole.ShouldContain("\"Status\":\"SUCCEEDED\"", Case.Sensitive);

        for (var count = 1; count < store.All.Count; count++)
        {
            var (again, others) = (new MemoryObjectStore(), new Work());
            var kept = new ByteStore(store.All.Take(count));
            var clock = new SkippingTimeProvider(kept.All[^1].Read().Time);
            var runner = new OrkestraRuntime(others, new OrkestraOptions { Store = kept, Objects = again, TimeProvider = clock });
            (await runner.Resume(Plan, kept.Read(kept.All[0].Arn)).Completion).IsSuccess.ShouldBeTrue();
            others.Calls.Count.ShouldBe(5 - kept.All.Take(count).Count(e => e.Read().Kind == ExecutionSignalKind.TaskSucceeded), $"after {count} events");
            // Only the last event of all tells that the files were written.
            if (count < store.All.Count) (await WrittenAsync(again)).ShouldBe(whole, $"after {count} events");
        }
    }

    [Fact]
    public async Task A_redrive_after_a_restart_goes_on_with_the_children_that_failed()
    {
        var (store, objects, world) = (new ByteStore(), new MemoryObjectStore(), new Work { Failing = 3 });
        (await StartAsync(store, objects, world)).Error.ShouldBe("States.ExceedToleratedFailureThreshold");
        var children = store.All.Select(e => e.Arn).Distinct().ToArray();

        var mended = new Work();
        var runner = new OrkestraRuntime(mended, new OrkestraOptions { Store = store, Objects = objects, TimeProvider = new SkippingTimeProvider(Later) });
        var resumed = runner.Resume(Plan, store.Read(children[0]));
        (await resumed.Completion).Status.ShouldBe(ExecutionStatus.Failed);
        var result = await (await resumed.RedriveAsync()).Completion;
        result.IsSuccess.ShouldBeTrue();
        mended.Calls.ShouldContain(3);
        mended.Calls.ShouldNotContain(1);
        // A child that failed goes on as the execution it was.
        store.All.Where(e => e.Read().Kind == ExecutionSignalKind.Redriven).Select(e => e.Arn).ShouldContain(arn => children.Contains(arn) && arn != children[0]);
        (await WrittenAsync(objects)).ShouldContain("2025-03-01", Case.Sensitive);

        // And all of it, once more.
        var third = new Work();
        runner = new OrkestraRuntime(third, new OrkestraOptions { Store = store, Objects = objects, TimeProvider = new SkippingTimeProvider(Later) });
        var replayed = await runner.Resume(Plan, store.Read(children[0])).Completion;
        replayed.History.Select(e => e.ToJson()).ShouldBe(result.History.Select(e => e.ToJson()));
        third.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Children_are_not_listed_as_executions_to_go_on_with()
    {
        var store = new InMemoryExecutionStore();
        var world = new Work { IsSilent = true };
        var handle = await new OrkestraRuntime(world, new OrkestraOptions { Store = store, Objects = new MemoryObjectStore() }).StartAsync(Plan, Items, cancellationToken: TestContext.Current.CancellationToken);
        SpinWait.SpinUntil(() => world.Calls.Count == 2, TimeSpan.FromMinutes(2)).ShouldBeTrue();
        (await RunningAsync(store)).ShouldBe([handle.Arn]);
        await handle.StopAsync();
        (await handle.Completion).Status.ShouldBe(ExecutionStatus.Aborted);
        (await RunningAsync(store)).ShouldBeEmpty();
    }

    static async Task<ExecutionResult> StartAsync(ByteStore store, MemoryObjectStore objects, Work world)
    {
        var runner = new OrkestraRuntime(world, new OrkestraOptions { Store = store, Objects = objects, TimeProvider = new SkippingTimeProvider() });
        return await runner.RunAsync(Plan, Items, new ExecutionOptions { Seed = 1 });
    }

    static async Task<IEnumerable<string>> RunningAsync(InMemoryExecutionStore store) =>
        (await store.QueryAsync(new ExecutionQuery { Status = ExecutionStatus.Running }, CancellationToken.None)).Executions.Select(execution => execution.Arn);

    static async Task<string> WrittenAsync(MemoryObjectStore objects)
    {
        var text = new StringBuilder();
        await foreach (var found in objects.ListAsync("results", "all", CancellationToken.None))
        {
            await using var content = await objects.OpenAsync("results", found.Key, null, CancellationToken.None);
            using var reader = new StreamReader(content!);
            text.AppendLine(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }

    sealed class Work : ITaskInvoker
    {
        public List<int> Calls { get; } = [];

        public int Failing { get; init; }

        public bool IsSilent { get; init; }

        public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
        {
            var n = (int)((JsonNumber)invocation.Input["n"]!).Value;
            Calls.Add(n);
            if (IsSilent) await Task.Delay(Timeout.Infinite, invocation.CancellationToken);
            return n == Failing ? TaskOutcome.Failure("Boom") : TaskOutcome.Payload(invocation.Input);
        }
    }
}
