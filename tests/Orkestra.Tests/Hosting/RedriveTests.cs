using Orkestra.Asl;
using Orkestra.Asl.Maps;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting;

public sealed class RedriveTests
{
    readonly List<string> calls = [];
    bool isMended;

    FunctionInvoker Functions => new FunctionInvoker()
        .OnAsync("Work", (input, invocation) =>
        {
            calls.Add($"{invocation.StateName} {input.ToJson()}");
            return Task.FromResult(TaskOutcome.Payload(input));
        })
        .OnAsync("Fragile", (input, invocation) =>
        {
            calls.Add($"{invocation.StateName} {input.ToJson()}");
            return Task.FromResult(isMended || input != 2 ? TaskOutcome.Payload(input) : TaskOutcome.Failure("Broken"));
        });

    [Fact]
    public async Task A_failed_task_begins_again_and_what_succeeded_does_not()
    {
        var plan = Machines.Plan(("First", Machines.Invoke("Work", "Second")), ("Second", Machines.Invoke("Fragile")));
        var handle = await new OrkestraRuntime(Functions).StartAsync(plan, 2);
        (await handle.Completion).Error.ShouldBe("Broken");
        isMended = true;
        var result = await (await handle.RedriveAsync()).Completion;
        result.Output.ShouldBe((JsonValue)2);
        calls.ShouldBe(["First 2", "Second 2", "Second 2"]);
        result.History.Select(e => e.Type).ShouldContain(HistoryEventType.ExecutionRedriven);
        (await Should.ThrowAsync<InvalidOperationException>(() => handle.RedriveAsync())).Message.ShouldContain("SUCCEEDED and cannot be redriven");
    }

    [Fact]
    public async Task Only_failed_iterations_begin_again()
    {
        var plan = Machines.Plan(("Each", MapOf("Fragile") with { MaxConcurrency = 1 }));
        var handle = await new OrkestraRuntime(Functions).StartAsync(plan, JsonValue.Parse("[1,2,3]"));
        (await handle.Completion).Error.ShouldBe("Broken");
        isMended = true;
        var result = await (await handle.RedriveAsync()).Completion;
        result.Output.ShouldBe(JsonValue.Parse("[1,2,3]"));
        calls.ShouldBe(["Item 1", "Item 2", "Item 2", "Item 3"]);
    }

    [Fact]
    public async Task Only_failed_children_of_a_distributed_map_begin_again()
    {
        var map = MapOf("Fragile") with { MaxConcurrency = 1 };
        map = map with { ItemProcessor = map.ItemProcessor! with { ProcessorConfig = new ProcessorConfig { Mode = "DISTRIBUTED", ExecutionType = "STANDARD" } } };
        var handle = await new OrkestraRuntime(Functions).StartAsync(Machines.Plan(("Each", map)), JsonValue.Parse("[1,2,3]"));
        (await handle.Completion).Error.ShouldBe("States.ExceedToleratedFailureThreshold");
        isMended = true;
        var result = await (await handle.RedriveAsync()).Completion;
        result.Output.ShouldBe(JsonValue.Parse("[1,2,3]"));
        calls.ShouldBe(["Item 1", "Item 2", "Item 2", "Item 3"]);
        result.History.Select(e => e.Type).ShouldContain(HistoryEventType.MapRunRedriven);
    }

    [Fact]
    public async Task A_distributed_map_without_children_that_was_stopped_goes_on()
    {
        var plan = ExecutionPlan.Compile(AslReader.Parse(
            """
            {"StartAt":"Both","States":{"Both":{"Type":"Parallel","End":true,"Branches":[
              {"StartAt":"Bad","States":{"Bad":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:Fragile","InputPath":"$.n","End":true}}},
              {"StartAt":"Each","States":{"Each":{"Type":"Map","ItemsPath":"$.items","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                "StartAt":"Item","States":{"Item":{"Type":"Pass","End":true}}}}}}]}}}
            """));
        var handle = await new OrkestraRuntime(Functions).StartAsync(plan, JsonValue.Parse("""{"n":2,"items":[]}"""));
        (await handle.Completion).Error.ShouldBe("Broken");
        isMended = true;
        var result = await (await handle.RedriveAsync()).Completion.WaitAsync(TimeSpan.FromMinutes(1));
        result.Output.ShouldBe(JsonValue.Parse("[2,[]]"));
    }

    [Fact]
    public async Task A_distributed_map_whose_batches_cannot_be_made_ends_and_its_handler_runs_tasks()
    {
        var plan = ExecutionPlan.Compile(AslReader.Parse(
            """
            {"QueryLanguage":"JSONata","StartAt":"Each","States":{
              "Each":{"Type":"Map","Items":"{% $states.input.items %}","ItemBatcher":{"MaxItemsPerBatch":"{% $states.input.size %}"},"Catch":[{"ErrorEquals":["States.QueryEvaluationError"],"Output":"{% $states.input.size %}","Next":"Handle"}],"End":true,
                "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"Item","States":{"Item":{"Type":"Pass","End":true}}}},
              "Handle":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:Work","End":true}}}
            """));
        var handle = await new OrkestraRuntime(Functions).StartAsync(plan, JsonValue.Parse("""{"size":0,"items":[1,2]}"""));
        var result = await handle.Completion.WaitAsync(TimeSpan.FromMinutes(1));
        result.Output.ShouldBe((JsonValue)0, result.Cause);
        calls.ShouldBe(["Handle 0"]);
    }

    [Fact]
    public async Task Of_a_parallel_within_a_parallel_only_what_did_not_succeed_begins_again()
    {
        Branch Of(string name, string function) => new() { StartAt = name, States = new EquatableMap<State>([(name, (State)Machines.Invoke(function))]) };
        var inner = new ParallelState { Branches = [Of("Good", "Work"), Of("Bad", "Fragile")], End = true };
        var outer = new ParallelState { Branches = [Of("Other", "Work"), new Branch { StartAt = "Inner", States = new EquatableMap<State>([("Inner", (State)inner)]) }], End = true };
        var handle = await new OrkestraRuntime(Functions).StartAsync(Machines.Plan(("Outer", outer)), 2);
        (await handle.Completion).Error.ShouldBe("Broken");
        isMended = true;
        (await (await handle.RedriveAsync()).Completion).Output.ShouldBe(JsonValue.Parse("[2,[2,2]]"));
        calls.Order().ShouldBe(["Bad 2", "Bad 2", "Good 2", "Other 2"]);
    }

    [Fact]
    public async Task A_stopped_wait_begins_again_and_a_replay_of_all_of_it_is_the_same()
    {
        var plan = Machines.Plan(("Wait", new WaitState { Seconds = 3600, Next = "Done" }), ("Done", new SucceedState()));
        var store = new InMemoryExecutionStore();
        var stopped = await new OrkestraRuntime(Functions, new OrkestraOptions { Store = store }).StartAsync(plan, 1);
        await stopped.StopAsync();
        (await stopped.Completion).Status.ShouldBe(ExecutionStatus.Aborted);

        var events = await store.ReadSignalsAsync(stopped.Arn, TestContext.Current.CancellationToken);
        var runner = new OrkestraRuntime(Functions, new OrkestraOptions { Store = store, TimeProvider = new SkippingTimeProvider(events[^1].Time) });
        var resumed = runner.Resume(plan, events);
        (await resumed.Completion).Status.ShouldBe(ExecutionStatus.Aborted);
        var result = await (await resumed.RedriveAsync()).Completion;
        result.Status.ShouldBe(ExecutionStatus.Succeeded);

        var again = await runner.Resume(plan, await store.ReadSignalsAsync(stopped.Arn, TestContext.Current.CancellationToken)).Completion;
        again.History.Select(e => e.ToJson()).ShouldBe(result.History.Select(e => e.ToJson()));
    }

    static MapState MapOf(string function) => new()
    {
        ItemProcessor = new ItemProcessor { StartAt = "Item", States = new EquatableMap<State>([("Item", (State)Machines.Invoke(function))]) },
        End = true,
    };
}
