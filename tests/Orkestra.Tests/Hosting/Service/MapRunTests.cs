using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Service;

public sealed class MapRunTests : IAsyncDisposable
{
    readonly SkippingTimeProvider clock = new();
    readonly FunctionInvoker invoker = new();
    readonly OrkestraRuntime runner;

    public MapRunTests() => runner = new OrkestraRuntime(invoker, new OrkestraOptions { TimeProvider = clock });

    [Fact]
    public async Task A_map_run_is_listed_and_described()
    {
        var arn = Machine(""" "ToleratedFailureCount": 1, "MaxConcurrency": 2, "Label": "Each" """, "Choose");
        var handle = await runner.StartAsync(arn, JsonValue.Parse("[1, 0, 1]"), "one");
        (await handle.Completion).Status.ShouldBe(ExecutionStatus.Succeeded);
        var listed = ((JsonValue)await runner.Service.CallAsync("ListMapRuns", JsonObject.Create(("executionArn", handle.Arn))))["mapRuns"]![0]!;
        ((JsonObject)listed).Names.ToArray().ShouldBe(["executionArn", "mapRunArn", "stateMachineArn", "startDate", "stopDate"]);
        listed["stateMachineArn"].ShouldBe((JsonValue)$"{arn}/Each");
        var run = ((JsonString)listed["mapRunArn"]!).Value;
        run.ShouldStartWith(arn.Replace(":stateMachine:", ":mapRun:", StringComparison.Ordinal) + "/Each:");
        JsonValue described = await runner.Service.CallAsync("DescribeMapRun", JsonObject.Create(("mapRunArn", run)));
        described["status"].ShouldBe((JsonValue)"SUCCEEDED");
        described["maxConcurrency"].ShouldBe((JsonValue)2);
        described["toleratedFailureCount"].ShouldBe((JsonValue)1);
        described["itemCounts"].ShouldBe(JsonValue.Parse(
            """{ "pending": 0, "running": 0, "succeeded": 2, "failed": 1, "timedOut": 0, "aborted": 0, "total": 3, "resultsWritten": 0, "failuresNotRedrivable": 0, "pendingRedrive": 0 }"""));
        described["executionCounts"].ShouldBe(described["itemCounts"]);
        var children = (JsonArray)((JsonValue)await runner.Service.CallAsync("ListExecutions", JsonObject.Create(("mapRunArn", run))))["executions"]!;
        ((IEnumerable<JsonValue>)children).Select(child => ((JsonString)child["status"]!).Value).ShouldBe(["SUCCEEDED", "FAILED", "SUCCEEDED"]);
        children[0]["stateMachineArn"].ShouldBe((JsonValue)$"{arn}/Each");
        ((JsonString)children[0]["executionArn"]!).Value.ShouldStartWith(arn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal) + "/Each:");
    }

    [Fact]
    public async Task A_run_beyond_its_tolerance_stops_the_other_children()
    {
        var arn = Machine(""" "MaxConcurrency": 2 """, "Choose");
        var handle = await runner.StartAsync(arn, JsonValue.Parse("[2, 0, 1, 1]"));
        var result = await handle.Completion;
        result.Error.ShouldBe("States.ExceedToleratedFailureThreshold");
        var run = handle.Snapshot.MapRuns.ShouldHaveSingleItem();
        run.Status.ShouldBe(ExecutionStatus.Failed);
        run.ItemCounts.ShouldBe(new MapRunCounts { Failed = 1, Aborted = 1, Pending = 2, Total = 4 });
    }

    [Theory]
    [InlineData(""" "ToleratedFailureCount": 5, "ToleratedFailurePercentage": 10 """, false)]
    [InlineData(""" "ToleratedFailureCount": 1, "ToleratedFailurePercentage": 100 """, false)]
    [InlineData(""" "ToleratedFailureCount": 2, "ToleratedFailurePercentage": 50 """, true)]
    [InlineData(""" "ToleratedFailurePercentage": 50 """, true)]
    [InlineData(""" "ToleratedFailurePercentage": 49.9 """, false)]
    [InlineData(""" "ToleratedFailureCount": 0 """, false)]
    public async Task Either_threshold_counts(string tolerated, bool succeeds)
    {
        var handle = await runner.StartAsync(Machine(tolerated, "Choose"), JsonValue.Parse("[1, 0, 1, 0]"));
        (await handle.Completion).IsSuccess.ShouldBe(succeeds);
    }

    [Fact]
    public async Task Limits_can_be_changed_while_it_runs()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var begun = new SemaphoreSlim(0);
        var go = new TaskCompletionSource<TaskOutcome>();
        invoker.OnAsync("Gate", (_, _) =>
        {
            begun.Release();
            return go.Task;
        });
        var handle = await runner.StartAsync(Machine(""" "MaxConcurrency": 1, "ToleratedFailureCount": 4 """, "Call"), JsonValue.Parse("[1, 2, 3, 4]"));
        await begun.WaitAsync(cancellation);
        var run = handle.Snapshot.MapRuns[0];
        run.ItemCounts.ShouldBe(new MapRunCounts { Running = 1, Pending = 3, Total = 4 });
        await runner.Service.CallAsync("UpdateMapRun", JsonObject.Create(("mapRunArn", run.Arn), ("maxConcurrency", 3), ("toleratedFailureCount", 2)));
        await begun.WaitAsync(cancellation);
        await begun.WaitAsync(cancellation);
        run = handle.Snapshot.MapRuns[0];
        run.ItemCounts.ShouldBe(new MapRunCounts { Running = 3, Pending = 1, Total = 4 });
        (run.MaxConcurrency, run.ToleratedFailureCount).ShouldBe((3, 2));
        go.SetResult(TaskOutcome.Payload(1));
        (await handle.Completion).Output.ShouldBe(JsonValue.Parse("[1, 1, 1, 1]"));
    }

    [Fact]
    public async Task A_run_beside_a_branch_that_fails_is_aborted()
    {
        var plan = ExecutionPlan.Compile(AslReader.Parse("""
            { "StartAt": "Both", "States": { "Both": { "Type": "Parallel", "End": true, "Branches": [
              { "StartAt": "Map", "States": { "Map": { "Type": "Map", "End": true, "ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
                "StartAt": "Long", "States": { "Long": { "Type": "Wait", "Seconds": 1000, "End": true } } } } } },
              { "StartAt": "Short", "States": { "Short": { "Type": "Wait", "Seconds": 10, "Next": "No" }, "No": { "Type": "Fail", "Error": "No" } } } ] } } }
            """));
        var handle = await runner.StartAsync(plan, JsonValue.Parse("[1, 2]"));
        var result = await handle.Completion;
        result.Error.ShouldBe("No");
        handle.Snapshot.MapRuns.ShouldHaveSingleItem().ItemCounts.ShouldBe(new MapRunCounts { Aborted = 2, Total = 2 });
        result.History.Select(happened => happened.Type).ShouldContain(HistoryEventType.MapRunAborted);
    }

    [Fact]
    public async Task Batches_count_their_items()
    {
        var arn = Machine(""" "ItemBatcher": { "MaxItemsPerBatch": 2 } """, "Pass");
        var handle = await runner.StartAsync(arn, JsonValue.Parse("[1, 2, 3]"));
        await handle.Completion;
        var run = handle.Snapshot.MapRuns[0];
        run.ItemCounts.ShouldBe(new MapRunCounts { Succeeded = 3, Total = 3 });
        run.ExecutionCounts.ShouldBe(new MapRunCounts { Succeeded = 2, Total = 2 });
    }

    [Fact]
    public async Task An_unknown_run_is_refused()
    {
        var refusal = await Should.ThrowAsync<ServiceException>(() => runner.Service.CallAsync("DescribeMapRun", JsonObject.Create(("mapRunArn", "arn:aws:states:us-east-1:0:mapRun:x/y:z"))));
        refusal.Code.ShouldBe("ResourceNotFound");
    }

    public ValueTask DisposeAsync() => runner.DisposeAsync();

    string Machine(string fields, string first) => runner.StateMachines.Add("Machine", ExecutionPlan.Compile(AslReader.Parse($$"""
        { "StartAt": "Map", "States": { "Map": { "Type": "Map", {{fields}}, "End": true, "ItemProcessor": {
          "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" }, "StartAt": "{{first}}", "States": {
            "Choose": { "Type": "Choice", "Choices": [{ "Variable": "$", "NumericEquals": 0, "Next": "No" }, { "Variable": "$", "NumericEquals": 2, "Next": "Long" }], "Default": "Pass" },
            "No": { "Type": "Fail", "Error": "No" }, "Long": { "Type": "Wait", "Seconds": 1000, "End": true }, "Pass": { "Type": "Pass", "End": true },
            "Call": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName": "Gate" }, "OutputPath": "$.Payload", "End": true } } } } } }
        """))).Arn;
}
