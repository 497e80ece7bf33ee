using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Service;

/// <summary>The actions of the service as an app calls them.</summary>
public sealed class ExecutionServiceTests
{
    [Fact]
    public async Task An_app_starts_and_describes_an_execution_as_the_service_does()
    {
        await using var runtime = new OrkestraRuntime();
        var machine = runtime.StateMachines.Add("Same", Machines.Plan(("Same", new SucceedState())));
        var service = new ExecutionService(runtime);
        var started = await service.CallAsync("StartExecution", JsonObject.Create(("stateMachineArn", machine.Arn), ("name", "one"), ("input", """{"n":1}""")), TestContext.Current.CancellationToken);
        var arn = (JsonString)((JsonValue)started)["executionArn"]!;
        var end = await (await runtime.ResumeAsync(arn.Value, TestContext.Current.CancellationToken)).Completion;
        JsonValue described = await service.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", arn)), TestContext.Current.CancellationToken);
        described.ShouldBe(ExecutionService.Describe(end));
        (described["status"], described["name"], described["output"]).ShouldBe(("SUCCEEDED", "one", """{"n":1}"""));
        (await Should.ThrowAsync<ServiceException>(() => service.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", $"{arn.Value}x"))))).Code.ShouldBe("ExecutionDoesNotExist");
    }

    [Fact]
    public async Task A_canceled_call_and_an_action_that_is_not_offered_do_nothing()
    {
        await using var runtime = new OrkestraRuntime();
        var machine = runtime.StateMachines.Add("Same", Machines.Plan(("Same", new SucceedState())));
        var service = new ExecutionService(runtime);
        var request = JsonObject.Create(("stateMachineArn", machine.Arn), ("name", "one"));
        await Should.ThrowAsync<OperationCanceledException>(() => service.CallAsync("StartExecution", request, new CancellationToken(canceled: true)));
        runtime.Find(machine.Arn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal) + ":one").ShouldBeNull();
        ExecutionService.Offers("StartExecution").ShouldBeTrue();
        ExecutionService.Offers("CreateStateMachine").ShouldBeFalse();
        await Should.ThrowAsync<ArgumentException>(() => service.CallAsync("CreateStateMachine", request));
    }
}
