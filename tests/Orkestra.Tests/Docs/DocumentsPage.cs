using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Integrations;
using Orkestra.Hosting.Logging;
using Orkestra.Hosting.Objects;
using Orkestra.Hosting.TestState;
using Orkestra.Testing.Mocking;
using Orkestra.Validation;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Docs;

/// <summary>The code of <c>docs/documents.md</c>, run.</summary>
public sealed class DocumentsPage
{
    const string Greet = """
        { "StartAt": "Greet", "States": { "Greet": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
          "Parameters": { "FunctionName": "greet", "Payload.$": "$" }, "OutputPath": "$.Payload", "End": true } } }
        """;

    sealed class Functions : ITaskInvoker
    {
        public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation task) => task.Resource switch
        {
            { IsLambdaInvoke: true } when task.Input["FunctionName"] is JsonString { Value: "greet" } =>
                new(TaskOutcome.Payload($"Hello, {((JsonString)task.Input["Payload"]!).Value}!")),
            { Service: "sqs" } => new(TaskOutcome.Failure("SQS.QueueDoesNotExistException", "No queues here.")),
            _ => new(TaskOutcome.Unhandled),
        };
    }

    [Fact]
    public async Task A_document_runs()
    {
        var refused = StateMachineValidator.Validate(Greet).RefusalMessage;          // what CreateStateMachine would say
        var plan = ExecutionPlan.Compile(AslReader.Parse(Greet));                    // once a document
        var runner = new OrkestraRuntime(new Functions());                           // one for all executions
        var result = await runner.RunAsync(plan, "Ada");
        Console.WriteLine($"{result.Status} {result.Output} after {result.History.Count} events");

        refused.ShouldBeNull();
        result.Output.ShouldBe((JsonValue)"Hello, Ada!");
    }

    [Fact]
    public async Task Mocks_answer()
    {
        var mocks = MockConfiguration.Parse("""
            { "StateMachines": { "Greeter": { "TestCases": { "Busy": { "Greet": "Flaky" } } } },
              "MockedResponses": { "Flaky": { "0-1": { "Throw": { "Error": "Busy", "Cause": "later" } }, "2": { "Return": { "Payload": "Hi" } } } } }
            """);
        var runner = new OrkestraRuntime(mocks.CreateInvoker("Greeter", "Busy", others: new Functions()));
        (await runner.RunAsync(ExecutionPlan.Compile(AslReader.Parse(Greet)), "Ada")).Error.ShouldBe("Busy");
    }

    [Fact]
    public async Task The_world_around_is_given()
    {
        var clock = new SkippingTimeProvider();
        var objects = new MemoryObjectStore(clock);
        var runner = new OrkestraRuntime(new Functions(), new OrkestraOptions
        {
            TimeProvider = clock,                                                    // a day of waiting takes no time
            Objects = objects,                                                       // buckets of distributed Maps; FolderObjectStore has them on disk
            Http = new HttpTaskOptions { FindConnection = (arn, _) => new(HttpTaskConnection.ApiKey("X-Key", "secret")) },
        });
        var greeter = runner.StateMachines.Add("Greeter", ExecutionPlan.Compile(AslReader.Parse(Greet)));
        var caller = ExecutionPlan.Compile(AslReader.Parse($$"""
            { "StartAt": "Call", "States": { "Call": { "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
              "Parameters": { "StateMachineArn": "{{greeter.Arn}}", "Input.$": "$" }, "OutputPath": "$.Output", "End": true } } }
            """));
        (await runner.RunAsync(caller, "\"Ada\"")).Output.ShouldBe((JsonValue)"Hello, Ada!");
    }

    [Fact]
    public async Task Executions_of_a_registered_machine_are_logged()
    {
        var runner = new OrkestraRuntime(new Functions());
        var records = new List<JsonObject>();
        runner.StateMachines.Add(new()
        {
            Plan = ExecutionPlan.Compile(AslReader.Parse(Greet)),
            Identity = new MachineIdentity { Name = "Greeter" },
            Type = StateMachineType.Express,
            Logging = new ExecutionLogging { Level = ExecutionLogLevel.Error, Write = records.Add },
        });
        var handle = await runner.StartAsync("Greeter", "Ada", "first");              // ends when the start is stored
        var ended = await handle.Completion;

        ended.Output.ShouldBe((JsonValue)"Hello, Ada!");
        records.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_state_is_tested_alone()
    {
        var tested = await new StateTester().TestAsync(new StateTestRequest
        {
            Definition = """{ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName": "greet" }, "OutputPath": "$.Payload", "End": true }""",
            Mock = new StateMock { Result = """{ "StatusCode": 200, "Payload": "Hi" }""" },
            InspectionLevel = InspectionLevel.Debug,
        });
        tested.Output.ShouldBe((JsonValue)"Hi");
        tested.InspectionData!.AfterParameters.ShouldBe(JsonValue.Parse("""{ "FunctionName": "greet" }"""));
    }
}
