using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Testing.Mocking;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting;

public sealed class LimitTests
{
    [Theory]
    [InlineData("TimeoutSeconds", -1)]
    [InlineData("TimeoutSeconds", 0)]
    [InlineData("HeartbeatSeconds", 0)]
    public async Task A_time_limit_is_positive(string field, int seconds)
    {
        var path = await Run($$"""{ "StartAt": "T", "States": { "T": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName": "f" }, "{{field}}Path": "$", "End": true } } }""", seconds);
        path.Error.ShouldBe("States.Runtime");
        path.Cause!.ShouldEndWith($"{field} must be positive.");
        var expression = await Run($$"""{ "QueryLanguage": "JSONata", "StartAt": "T", "States": { "T": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": { "FunctionName": "f" }, "{{field}}": "{% $states.input %}", "End": true } } }""", seconds);
        expression.Error.ShouldBe("States.QueryEvaluationError");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("a/b")]
    [InlineData("a\u0007")]
    [InlineData("a\u0085b")]
    [InlineData("a\uD83D\uDE00")]
    [InlineData("a\uFFFE")]
    public async Task A_name_is_one_of_the_service(string name)
    {
        var plan = Plan("""{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }""");
        var runner = new OrkestraRuntime(new FunctionInvoker());
        (await Should.ThrowAsync<ArgumentException>(() => runner.StartAsync(plan, JsonObject.Empty, new ExecutionOptions { Name = name }))).Message.ShouldContain("1 to 80 characters");
        await Should.ThrowAsync<ArgumentException>(() => runner.StartAsync(plan, JsonObject.Empty, new ExecutionOptions { Name = new string('n', 81) }));
        Should.Throw<ArgumentException>(() => runner.StateMachines.Add(name, plan));
        (await runner.StartAsync(plan, JsonObject.Empty, new ExecutionOptions { Name = "Größe_1-2.3(4)'!@=+" })).Name.ShouldBe("Größe_1-2.3(4)'!@=+");
    }

    [Fact]
    public async Task Variables_of_one_assignment_have_the_size_of_a_payload()
    {
        var definition = """{ "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": { "Type": "Pass", "Assign": { "x": "{% $states.input %}", "y": "{% $states.input %}" }, "Output": 1, "End": true } } }""";
        (await Run(definition, new string('x', 100_000))).IsSuccess.ShouldBeTrue();
        var result = await Run(definition, new string('x', 140_000));
        result.Error.ShouldBe("States.DataLimitExceeded");
        result.Cause.ShouldBe("The state 'A' assigned variables with a size exceeding the maximum number of bytes service limit.");
    }

    [Fact]
    public async Task A_mock_configuration_is_read_from_a_file()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                path,
                """
                { "StateMachines": { "Orders": { "TestCases": { "Retries": { "Charge": "Flaky" } } } },
                  "MockedResponses": { "Flaky": { "0": { "Throw": { "Error": "Busy", "Cause": "later" } }, "1-2": { "Throw": { "Error": "Busy" } }, "3": { "Return": { "StatusCode": 200, "Payload": { "ok": true } } } } } }
                """,
                TestContext.Current.CancellationToken);
            var invoker = MockConfiguration.Load(path).CreateInvoker("Orders", "Retries");
            var runner = new OrkestraRuntime(invoker, new OrkestraOptions { TimeProvider = new SkippingTimeProvider() });
            var plan = Plan("""
                { "StartAt": "Charge", "States": { "Charge": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName": "charge" },
                  "Retry": [{ "ErrorEquals": ["Busy"], "MaxAttempts": 3 }], "OutputPath": "$.Payload", "End": true } } }
                """);
            var result = await runner.Run(plan, JsonObject.Empty);
            result.Output.ShouldBe(JsonValue.Parse("""{ "ok": true }"""), result.Cause);
            result.History.Count(happened => happened.Type == HistoryEventType.TaskFailed).ShouldBe(3);
        }
        finally
        {
            File.Delete(path);
        }
    }

    static async Task<ExecutionResult> Run(string definition, JsonValue input) =>
        await new OrkestraRuntime(new FunctionInvoker().On("f", payload => payload)).Run(Plan(definition), input);

    static ExecutionPlan Plan(string definition) => ExecutionPlan.Compile(AslReader.Parse(definition));
}
