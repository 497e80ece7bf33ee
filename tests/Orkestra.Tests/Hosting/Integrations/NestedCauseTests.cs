using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Integrations;

public sealed class NestedCauseTests
{
    [Theory]
    [InlineData("startExecution.sync")]
    [InlineData("startExecution.sync:2")]
    public async Task The_cause_of_a_failed_child_has_its_members_in_the_order_of_the_alphabet(string action)
    {
        var runner = new OrkestraRuntime(new FunctionInvoker());
        var child = runner.StateMachines.Add("Child", Plan("""{ "StartAt": "F", "States": { "F": { "Type": "Fail", "Error": "Boom", "Cause": "c" } } }"""));
        var result = await runner.Run(
            Plan($$"""
                { "StartAt": "N", "States": { "N": { "Type": "Task", "Resource": "arn:aws:states:::states:{{action}}", "Parameters": { "StateMachineArn": "{{child.Identity.StateMachineArn}}" }, "End": true } } }
                """),
            JsonObject.Empty);
        result.Error.ShouldBe("States.TaskFailed");
        var names = ((JsonObject)JsonValue.Parse(result.Cause!)).Select(member => member.Key).ToArray();
        names.ShouldBe(names.Order(StringComparer.Ordinal));
        names.Length.ShouldBeGreaterThan(8);
    }

    static ExecutionPlan Plan(string definition) => ExecutionPlan.Compile(AslReader.Parse(definition));
}
