using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;
using Orkestra.Hosting.Storage;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Service;

public sealed class NestedExecutionTests : IAsyncDisposable
{
    readonly SkippingTimeProvider clock = new();
    OrkestraRuntime runner;

    public NestedExecutionTests() => runner = Keeping(1_000);

    OrkestraRuntime Keeping(int executions) => new(new FunctionInvoker(), new OrkestraOptions { TimeProvider = clock, KeptExecutions = executions });

    [Fact]
    public async Task A_job_gives_the_child_as_it_is_described_with_its_output_as_text()
    {
        var child = Child("""{ "StartAt": "Rest", "States": { "Rest": { "Type": "Wait", "Seconds": 30, "Next": "Answer" }, "Answer": { "Type": "Pass", "Result": { "answer": 42 }, "End": true } } }""");
        var result = await runner.Run(Parent("startExecution.sync", child.Arn, """ "Input": { "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id" }, "Name": "first" """), JsonObject.Empty);
        result.Error.ShouldBeNull();
        result.Output!["Output"].ShouldBe((JsonValue)"""{"answer":42}""");
        result.Output["Input"].ShouldBe((JsonValue)$$"""{"AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID":"{{result.Arn}}"}""");
        result.Output["Status"].ShouldBe((JsonValue)"SUCCEEDED");
        result.Output["Name"].ShouldBe((JsonValue)"first");
        result.Output["StateMachineArn"].ShouldBe((JsonValue)child.Arn);
        ((JsonObject)result.Output).Names.ToArray().Order(StringComparer.Ordinal).ShouldBe([
            "ExecutionArn", "Input", "InputDetails", "Name", "Output", "OutputDetails", "RedriveCount", "RedriveStatus", "RedriveStatusReason", "StartDate", "StateMachineArn", "Status", "StopDate"]);
        (result.StopTime - result.StartTime).ShouldBe(TimeSpan.FromSeconds(30));
        result.History.Select(happened => happened.Type).ShouldBe([
            HistoryEventType.ExecutionStarted, HistoryEventType.TaskStateEntered, HistoryEventType.TaskScheduled, HistoryEventType.TaskStarted, HistoryEventType.TaskSubmitted,
            HistoryEventType.TaskSucceeded, HistoryEventType.TaskStateExited, HistoryEventType.ExecutionSucceeded]);
    }

    [Fact]
    public async Task A_job_of_the_second_version_gives_its_output_as_json()
    {
        var child = Child("""{ "StartAt": "Answer", "States": { "Answer": { "Type": "Pass", "End": true } } }""");
        var result = await runner.Run(Parent("startExecution.sync:2", child.Arn, """ "Input": { "n": 1 } """), JsonObject.Empty);
        result.Output!["Output"].ShouldBe(JsonValue.Parse("""{ "n": 1 }"""));
        result.Output["Input"].ShouldBe(JsonValue.Parse("""{ "n": 1 }"""));
    }

    [Fact]
    public async Task A_child_that_fails_fails_the_task_with_its_description()
    {
        var child = Child("""{ "StartAt": "No", "States": { "No": { "Type": "Fail", "Error": "Declined", "Cause": "no funds" } } }""");
        var result = await runner.Run(Parent("startExecution.sync:2", child.Arn), JsonObject.Empty);
        result.Error.ShouldBe("States.TaskFailed");
        var cause = JsonValue.Parse(result.Cause!);
        cause["Error"].ShouldBe((JsonValue)"Declined");
        cause["Cause"].ShouldBe((JsonValue)"no funds");
        cause["Status"].ShouldBe((JsonValue)"FAILED");
        cause["Input"].ShouldBe((JsonValue)"{}");
    }

    [Fact]
    public async Task A_request_goes_on_while_the_child_runs()
    {
        var child = Child("""{ "StartAt": "Rest", "States": { "Rest": { "Type": "Wait", "Seconds": 3600, "End": true } } }""");
        var result = await runner.Run(Parent("startExecution", child.Arn, """ "Input": "[1]" """), JsonObject.Empty);
        result.IsSuccess.ShouldBeTrue(result.Cause);
        var arn = ((JsonString)result.Output!["ExecutionArn"]!).Value;
        ((JsonNumber)result.Output["SdkHttpMetadata"]!["HttpStatusCode"]!).Value.ShouldBe(200);
        var ended = await runner.Find(arn)!.Completion;
        ended.Output.ShouldBe(JsonValue.Parse("[1]"));
    }

    [Theory]
    [InlineData("startExecution", "StepFunctions.StateMachineDoesNotExistException", "(Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist; Request ID: ")]
    [InlineData("startExecution.sync", "StepFunctions.StateMachineDoesNotExistException", "; Proxy: null)")]
    public async Task An_unknown_machine_is_an_error_of_the_service(string action, string error, string part)
    {
        Child("""{ "StartAt": "Answer", "States": { "Answer": { "Type": "Pass", "End": true } } }""");
        var result = await runner.Run(Parent(action, "arn:aws:states:us-east-1:000000000000:stateMachine:Nobody"), JsonObject.Empty);
        result.Error.ShouldBe(error);
        result.Cause!.ShouldStartWith("State Machine Does Not Exist: 'arn:aws:states:us-east-1:000000000000:stateMachine:Nobody'");
        result.Cause.ShouldContain(part);
    }

    [Fact]
    public async Task An_express_child_cannot_be_waited_for_as_a_job_but_can_be_called()
    {
        var child = Child("""{ "StartAt": "Answer", "States": { "Answer": { "Type": "Pass", "Result": 7, "End": true } } }""", StateMachineType.Express);
        (await runner.Run(Parent("startExecution.sync", child.Arn), JsonObject.Empty)).Error.ShouldBe("StepFunctions.StateMachineTypeNotSupportedException");
        var called = await runner.Run(Parent("aws-sdk:sfn:startSyncExecution", child.Arn, """ "Input": { "a": 1 } """), JsonObject.Empty);
        called.Output!["Status"].ShouldBe((JsonValue)"SUCCEEDED", called.Cause);
        called.Output["Output"].ShouldBe((JsonValue)"7");
        called.Output["BillingDetails"].ShouldBe(JsonValue.Parse("""{ "BilledMemoryUsedInMB": 64, "BilledDurationInMilliseconds": 100 }"""));
    }

    [Fact]
    public async Task A_name_is_used_once()
    {
        var child = Child("""{ "StartAt": "Answer", "States": { "Answer": { "Type": "Pass", "End": true } } }""");
        var parent = Parent("startExecution.sync", child.Arn, """ "Name": "once" """);
        (await runner.Run(parent, JsonObject.Empty)).IsSuccess.ShouldBeTrue();
        (await runner.Run(parent, JsonObject.Empty)).Error.ShouldBe("StepFunctions.ExecutionAlreadyExistsException");
        (await runner.Run(Parent("startExecution", child.Arn, """ "Name": "a b" """), JsonObject.Empty)).Error.ShouldBe("StepFunctions.InvalidNameException");
    }

    [Fact]
    public async Task The_oldest_that_ended_are_forgotten()
    {
        runner = Keeping(3);
        var arn = Child("""{ "StartAt": "Answer", "States": { "Answer": { "Type": "Pass", "End": true } } }""").Arn;
        for (var i = 0; i < 10; i++) await (await runner.StartAsync(arn, JsonObject.Empty, $"{i}")).Completion;
        var kept = ((JsonValue)await runner.Service.CallAsync("ListExecutions", JsonObject.Create(("stateMachineArn", arn))))["executions"]!;
        ((IEnumerable<JsonValue>)(JsonArray)kept).Select(entry => ((JsonString)entry["name"]!).Value).ShouldBe(["9", "8", "7"]);
        runner.Find($"{arn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:0").ShouldBeNull();
    }

    [Fact]
    public async Task Answers_come_page_by_page()
    {
        var arn = Child("""{ "StartAt": "Answer", "States": { "Answer": { "Type": "Pass", "End": true } } }""").Arn;
        var handle = await runner.StartAsync(arn, JsonObject.Empty);
        await handle.Completion;
        JsonValue first = await runner.Service.CallAsync("GetExecutionHistory", JsonObject.Create(("executionArn", handle.Arn), ("maxResults", 3), ("reverseOrder", true)));
        ((IEnumerable<JsonValue>)(JsonArray)first["events"]!).Select(happened => ((JsonNumber)happened["id"]!).Value).ShouldBe([4, 3, 2]);
        JsonValue second = await runner.Service.CallAsync(
            "GetExecutionHistory", JsonObject.Create(("executionArn", handle.Arn), ("maxResults", 3), ("reverseOrder", true), ("nextToken", first["nextToken"]!)));
        ((JsonArray)second["events"]!).Count.ShouldBe(1);
        second["nextToken"].ShouldBeNull();
        (await Should.ThrowAsync<ServiceException>(() => runner.Service.CallAsync("GetExecutionHistory", JsonObject.Create(("executionArn", handle.Arn), ("nextToken", "x"))))).Code.ShouldBe("InvalidToken");
    }

    [Theory]
    [InlineData("DescribeExecution", "executionArn", "x", "InvalidArn", "Invalid Arn: 'Invalid ARN prefix: x'")]
    [InlineData("DescribeExecution", "executionArn", "arn:aws:states:us-east-1:0:execution:a:b", "ExecutionDoesNotExist", "Execution Does Not Exist: 'arn:aws:states:us-east-1:0:execution:a:b'")]
    [InlineData("StartExecution", "stateMachineArn", "x", "InvalidArn", "Invalid Arn: 'Invalid ARN prefix: x'")]
    [InlineData("SendTaskHeartbeat", "taskToken", "x", "InvalidToken", "Invalid Token: 'Invalid token'")]
    public async Task Refusals_have_the_words_of_the_service(string action, string field, string value, string code, string message)
    {
        var refusal = await Should.ThrowAsync<ServiceException>(() => runner.Service.CallAsync(action, JsonObject.Create((field, value))));
        (refusal.Code, refusal.Message).ShouldBe((code, message));
    }

    [Theory]
    [InlineData("not some json", "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')")]
    [InlineData("{'not': 'json'", "Unexpected character (''' (code 39)): was expecting double-quote to start field name")]
    [InlineData("", "Invalid execution input.")]
    public async Task An_input_that_is_no_json_is_refused(string input, string words)
    {
        var arn = Child("""{ "StartAt": "Answer", "States": { "Answer": { "Type": "Pass", "End": true } } }""").Arn;
        var refusal = await Should.ThrowAsync<ServiceException>(() => runner.Service.CallAsync("StartExecution", JsonObject.Create(("stateMachineArn", arn), ("input", input))));
        (refusal.Code, refusal.Message).ShouldBe(("InvalidExecutionInput", $"Invalid State Machine Execution Input: '{words}'"));
    }

    [Fact]
    public async Task A_child_is_told_a_token_and_calls_back()
    {
        var child = Child("""{ "StartAt": "Call", "States": { "Call": { "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sfn:sendTaskSuccess", "Parameters": { "TaskToken.$": "$.token", "Output": { "done": true } }, "End": true } } }""");
        foreach (var action in (string[])["startExecution.waitForTaskToken", "startExecution.sync"])
        {
            var result = await runner.Run(Parent(action, child.Arn, """ "Input": { "token.$": "$$.Task.Token" } """), JsonObject.Empty);
            result.Output.ShouldBe(JsonValue.Parse("""{ "done": true }"""), $"{action}: {result.Cause}");
        }
    }

    [Fact]
    public async Task A_task_that_is_given_up_stops_its_child()
    {
        var child = Child("""{ "StartAt": "Rest", "States": { "Rest": { "Type": "Wait", "Seconds": 3600, "End": true } } }""");
        var parent = Plan($$"""
            { "StartAt": "Call", "States": { "Call": { "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync", "TimeoutSeconds": 5,
              "Parameters": { "StateMachineArn": "{{child.Arn}}", "Name": "long" }, "End": true } } }
            """);
        var handle = await runner.StartAsync(parent, JsonObject.Empty);
        (await handle.Completion).Error.ShouldBe("States.Timeout");
        var ended = await runner.Find(child.Arn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal) + ":long")!.Completion;
        ended.Status.ShouldBe(ExecutionStatus.Aborted);
        ended.Error.ShouldBeNull();
        ended.Cause.ShouldBe($"The Task state in AWS Step Functions execution [{handle.Arn}] which was managing this resource was aborted");
        (ended.StopTime - ended.StartTime).ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_machine_that_waits_for_itself_without_end_fails()
    {
        var identity = new MachineIdentity { Name = "Self" };
        var plan = Parent("startExecution.sync", identity.StateMachineArn);
        runner = Keeping(2_000);
        runner.StateMachines.Add(new RegisteredStateMachine { Plan = plan, Identity = identity });
        var result = await runner.Run(plan, JsonObject.Empty);
        result.Error.ShouldBe("States.TaskFailed");
    }

    [Fact]
    public async Task A_machine_may_start_itself_again_and_end()
    {
        var identity = new MachineIdentity { Name = "Again" };
        var plan = Plan($$"""
            { "QueryLanguage": "JSONata", "StartAt": "Enough", "States": {
              "Enough": { "Type": "Choice", "Choices": [{ "Condition": "{% $states.input.n >= 3000 %}", "Next": "Done" }], "Default": "Next" },
              "Next": { "Type": "Task", "Resource": "arn:aws:states:::states:startExecution",
                "Arguments": { "StateMachineArn": "{{identity.StateMachineArn}}", "Name": "{% 'run-' & ($states.input.n + 1) %}", "Input": { "n": "{% $states.input.n + 1 %}" } }, "End": true },
              "Done": { "Type": "Succeed" } } }
            """);
        runner = Keeping(4_000);
        runner.StateMachines.Add(new RegisteredStateMachine { Plan = plan, Identity = identity });
        (await runner.Run(plan, JsonValue.Parse("""{ "n": 0 }"""))).IsSuccess.ShouldBeTrue();
        for (var i = 1; i <= 3000; i++)
        {
            var next = runner.Find(identity.StateMachineArn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal) + $":run-{i}");
            next.ShouldNotBeNull();
            await next.Completion;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(""", "Name": "named" """)]
    public async Task A_job_goes_on_after_a_restart(string name)
    {
        var store = new InMemoryExecutionStore();
        var begun = new TaskCompletionSource();
        var never = new TaskCompletionSource<TaskOutcome>();
        var calls = 0;
        var before = Runner(store, new FunctionInvoker().OnAsync("Gate", (_, _) =>
        {
            Interlocked.Increment(ref calls);
            begun.SetResult();
            return never.Task;
        }));
        var child = before.StateMachines.Add("Child", Gate);
        var plan = Plan($$"""{ "StartAt": "Call", "States": { "Call": { "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "Parameters": { "StateMachineArn": "{{child.Arn}}"{{name}} }, "OutputPath": "$.Output", "End": true } } }""");
        var handle = await before.StartAsync(plan, JsonObject.Empty, new ExecutionOptions { Name = "parent", StartsOnCallingThread = true });
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        await before.DisposeAsync();

        var after = Runner(store, new FunctionInvoker().On("Gate", _ => 42));
        after.StateMachines.Add("Child", Gate);
        var result = await after.Resume(plan, await store.ReadSignalsAsync(handle.Arn, TestContext.Current.CancellationToken)).Completion;
        result.Output.ShouldBe((JsonValue)42, result.Cause);
        calls.ShouldBe(1);
        after.StateMachines.All.Count.ShouldBe(1);
    }

    public ValueTask DisposeAsync() => runner.DisposeAsync();

    static ExecutionPlan Gate => Plan("""{ "StartAt": "Ask", "States": { "Ask": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName": "Gate" }, "OutputPath": "$.Payload", "End": true } } }""");

    static OrkestraRuntime Runner(IExecutionStore store, ITaskInvoker invoker) => new(invoker, new OrkestraOptions { Store = store });

    [Fact]
    public async Task Without_machines_the_task_fails_with_a_sentence()
    {
        var result = await runner.Run(Parent("startExecution", "arn:aws:states:us-east-1:000000000000:stateMachine:Nobody"), JsonObject.Empty);
        result.Cause!.ShouldContain("No task invoker handles the resource 'arn:aws:states:::states:startExecution'");
    }

    RegisteredStateMachine Child(string definition, StateMachineType type = StateMachineType.Standard) => runner.StateMachines.Add("Child", Plan(definition), type);

    static ExecutionPlan Parent(string action, string arn, string? more = null) => Plan($$"""
        { "StartAt": "Call", "States": { "Call": { "Type": "Task", "Resource": "arn:aws:states:::{{(action.Contains(':', StringComparison.Ordinal) && action.StartsWith("aws-sdk", StringComparison.Ordinal) ? "" : "states:")}}{{action}}",
          "Parameters": { "StateMachineArn": "{{arn}}"{{(more is null ? "" : "," + more)}} }, "End": true } } }
        """);

    static ExecutionPlan Plan(string definition) => ExecutionPlan.Compile(AslReader.Parse(definition));
}
