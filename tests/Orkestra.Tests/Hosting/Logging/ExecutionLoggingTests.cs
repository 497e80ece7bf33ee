using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Logging;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Logging;

public sealed class ExecutionLoggingTests
{
    const string Caught = """
        { "StartAt": "Try", "States": {
          "Try": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName": "Bad" }, "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Give up" }], "End": true },
          "Give up": { "Type": "Fail", "Error": "Given", "Cause": "up" } } }
        """;

    [Theory]
    [InlineData(LogLevel.Off, "")]
    [InlineData(LogLevel.Fatal, "ExecutionFailed")]
    [InlineData(LogLevel.Error, "TaskFailed FailStateEntered ExecutionFailed")]
    [InlineData(LogLevel.All, "ExecutionStarted TaskStateEntered TaskScheduled TaskStarted TaskFailed TaskStateExited FailStateEntered ExecutionFailed")]
    public async Task A_level_logs_its_types(LogLevel level, string types)
    {
        var records = await Log(Caught, level, includesData: true);
        string.Join(' ', records.Select(record => ((JsonString)record["type"]!).Value)).ShouldBe(types);
    }

    [Fact]
    public async Task A_record_has_the_shape_of_the_service()
    {
        var records = await Log("""{ "StartAt": "A", "States": { "A": { "Type": "Pass", "Assign": { "x": 1 }, "End": true } } }""", LogLevel.All, includesData: true);
        var exited = records[2];
        ((JsonObject)exited).Names.ToArray().ShouldBe(["id", "type", "details", "previous_event_id", "event_timestamp", "execution_arn", "redrive_count"]);
        exited["id"].ShouldBe((JsonValue)"3");
        exited["previous_event_id"].ShouldBe((JsonValue)"2");
        exited["redrive_count"].ShouldBe((JsonValue)"0");
        exited["event_timestamp"].ShouldBe((JsonValue)"1735689600000");
        ((JsonString)exited["execution_arn"]!).Value.ShouldStartWith("arn:aws:states:us-east-1:000000000000:express:StateMachine:");
        ((JsonObject)exited["details"]!).Names.ToArray().Order(StringComparer.Ordinal).ShouldBe(["assignedVariables", "assignedVariablesDetails", "name", "output", "outputDetails"]);
    }

    [Fact]
    public async Task Without_execution_data_only_names_and_errors_are_logged()
    {
        var records = await Log(Caught, LogLevel.All, includesData: false);
        foreach (var record in records)
        {
            foreach (var name in (string[])["input", "inputDetails", "output", "outputDetails", "parameters"]) record["details"]![name].ShouldBeNull(record.ToJson());
        }

        records[^1]["details"].ShouldBe(JsonValue.Parse("""{ "error": "Given", "cause": "up" }"""));
    }

    [Fact]
    public async Task An_express_execution_ends_after_five_minutes()
    {
        var clock = new SkippingTimeProvider();
        var runner = new ExecutionRunner(new FunctionInvoker(), new ExecutionRunnerOptions { TimeProvider = clock });
        var plan = Plan("""{ "StartAt": "W", "States": { "W": { "Type": "Wait", "Seconds": 400, "End": true } } }""");
        var result = await runner.Run(plan, JsonObject.Empty, new ExecutionOptions { Type = StateMachineType.Express });
        result.Status.ShouldBe(ExecutionStatus.TimedOut);
        (result.StopTime - result.StartTime).ShouldBe(TimeSpan.FromMinutes(5));
        (await runner.Run(plan, JsonObject.Empty)).Status.ShouldBe(ExecutionStatus.Succeeded);
        var longer = new ExecutionOptions { Type = StateMachineType.Express, Quotas = ExecutionQuotas.Unlimited };
        (await runner.Run(plan, JsonObject.Empty, longer)).Status.ShouldBe(ExecutionStatus.Succeeded);
    }

    static async Task<List<JsonValue>> Log(string definition, LogLevel level, bool includesData)
    {
        var records = new List<JsonValue>();
        var invoker = new FunctionInvoker().OnAsync("Bad", (_, _) => Task.FromResult(TaskOutcome.Failure("Bad", "luck")));
        var runner = new ExecutionRunner(invoker, new ExecutionRunnerOptions { TimeProvider = new SkippingTimeProvider() });
        await runner.Run(Plan(definition), JsonObject.Empty, new ExecutionOptions
        {
            Type = StateMachineType.Express,
            Logging = new ExecutionLogging { Level = level, IncludesExecutionData = includesData, Write = records.Add },
        });
        return records;
    }

    static ExecutionPlan Plan(string definition) => ExecutionPlan.Compile(AslReader.Parse(definition));
}
