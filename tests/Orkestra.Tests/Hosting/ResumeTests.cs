using Orkestra.Asl;
using Orkestra.Asl.Maps;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting;

public sealed class ResumeTests
{
    [Fact]
    public async Task Resuming_from_every_prefix_of_the_events_gives_the_same_history()
    {
        var processor = new ItemProcessor { StartAt = "Work", States = new EquatableMap<State>([("Work", (State)Machines.Invoke("Work"))]) };
        var plan = Machines.Plan(
            ("Each", new MapState { ItemProcessor = processor, MaxConcurrency = 2, Next = "Wait" }),
            ("Wait", new WaitState { Seconds = 10, Next = "Last" }),
            ("Last", Machines.Invoke("Work")));
        var store = new InMemoryExecutionStore();
        var result = await Runner(store).Run(plan, JsonValue.Parse("[1,2,3]"), new ExecutionOptions { Name = "one", Seed = 7 });
        result.Status.ShouldBe(ExecutionStatus.Succeeded);
        var events = await store.ReadAsync(result.Arn);
        events.Count.ShouldBeGreaterThan(5);
        for (var kept = 1; kept <= events.Count; kept++)
        {
            var resumed = await Runner(null, events[kept - 1].Time).Resume(plan, [.. events.Take(kept)]).Completion;
            resumed.History.Select(e => e.ToJson()).ShouldBe(result.History.Select(e => e.ToJson()), $"after {kept} events");
        }
    }

    static ExecutionRunner Runner(IExecutionStore? store, DateTimeOffset? start = null) => new(
        new FunctionInvoker().On("Work", input => input),
        new ExecutionRunnerOptions { Store = store, TimeProvider = new SkippingTimeProvider(start) });
}
