using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;
using Shouldly;
using Xunit;

namespace Orkestra.Local.Tests;

/// <summary>The service without HTTP.</summary>
public sealed class ServiceTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_runtime_has_one_service()
    {
        await using var runtime = new OrkestraRuntime();
        using (var service = new StepFunctionsService(runtime)) Should.Throw<InvalidOperationException>(() => new StepFunctionsService(runtime));
        using var another = new StepFunctionsService(runtime);
        (await Should.ThrowAsync<ServiceException>(() => another.CallAsync("NoAction", JsonObject.Empty))).Code.ShouldBe("UnknownOperationException");
    }

    [Fact]
    public async Task Accounts_and_regions_are_in_the_ARNs()
    {
        await using var runtime = new OrkestraRuntime();
        using var service = new StepFunctionsService(runtime, new StepFunctionsOptions { AccountId = "111122223333", Region = "eu-central-1", Partition = "aws-cn" });
        var created = await CreateAsync(service, """{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}""");
        created.ShouldBe("arn:aws-cn:states:eu-central-1:111122223333:stateMachine:one");
        var started = await service.CallAsync("StartExecution", JsonObject.Create(("stateMachineArn", created), ("name", "e")));
        ((JsonValue)started)["executionArn"].ShouldBe((JsonValue)"arn:aws-cn:states:eu-central-1:111122223333:execution:one:e");
    }

    [Fact]
    public async Task A_test_case_is_named_behind_the_ARN()
    {
        await using var runtime = new OrkestraRuntime();
        using var service = new StepFunctionsService(runtime, new StepFunctionsOptions
        {
            TestCases = (machine, testCase) => testCase == "Good" ? new Mocked(machine) : throw new ArgumentException($"There is no test case '{testCase}'."),
        });
        var arn = await CreateAsync(service, """{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},"End":true}}}""");
        var started = await service.CallAsync("StartExecution", JsonObject.Create(("stateMachineArn", arn + "#Good"), ("name", "e")));
        var execution = await runtime.ResumeAsync(((JsonString)((JsonValue)started)["executionArn"]!).Value);
        var ended = await execution.Completion.WaitAsync(Patience);
        (ended.Output!["Payload"], ended.StateMachineArn).ShouldBe(((JsonValue)"mocked one", arn), ended.Cause);
        (await Should.ThrowAsync<ServiceException>(() => service.CallAsync("StartExecution", JsonObject.Create(("stateMachineArn", arn + "#Bad"))))).Message.ShouldBe("There is no test case 'Bad'.");
    }

    [Fact]
    public async Task Waits_are_scaled_and_timeouts_are_not()
    {
        await using var runtime = new OrkestraRuntime();
        using var service = new StepFunctionsService(runtime, new StepFunctionsOptions { WaitTimeScale = 0.00001 });
        var arn = await CreateAsync(service, """{"StartAt":"A","TimeoutSeconds":3600,"States":{"A":{"Type":"Wait","Seconds":86400,"End":true}}}""");
        var started = await service.CallAsync("StartExecution", JsonObject.Create(("stateMachineArn", arn)));
        var execution = await runtime.ResumeAsync(((JsonString)((JsonValue)started)["executionArn"]!).Value);
        (await execution.Completion.WaitAsync(Patience)).Status.ShouldBe(ExecutionStatus.Succeeded);
    }

    [Fact]
    public async Task A_nested_execution_may_name_a_version()
    {
        await using var runtime = new OrkestraRuntime();
        using var service = new StepFunctionsService(runtime);
        var child = await CreateAsync(service, """{"StartAt":"A","States":{"A":{"Type":"Pass","Result":"old","End":true}}}""");
        await service.CallAsync("PublishStateMachineVersion", JsonObject.Create(("stateMachineArn", child)));
        await service.CallAsync("UpdateStateMachine", JsonObject.Create(("stateMachineArn", child), ("definition", """{"StartAt":"A","States":{"A":{"Type":"Pass","Result":"new","End":true}}}""")));
        foreach (var (named, output) in ((string, string)[])[(child, "new"), (child + ":1", "old")])
        {
            var parent = await CreateAsync(
                service, $$"""{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync:2","Parameters":{"StateMachineArn":"{{named}}"},"End":true} } }""", $"parent-{output}");
            var started = await service.CallAsync("StartExecution", JsonObject.Create(("stateMachineArn", parent)));
            var execution = await runtime.ResumeAsync(((JsonString)((JsonValue)started)["executionArn"]!).Value);
            var ended = await execution.Completion.WaitAsync(Patience);
            ended.Output?["Output"].ShouldBe((JsonValue)output, ended.Cause);
        }
    }

    static async Task<string> CreateAsync(StepFunctionsService service, string definition, string name = "one") =>
        ((JsonString)((JsonValue)await service.CallAsync("CreateStateMachine", JsonObject.Create(("name", name), ("definition", definition), ("roleArn", "arn:aws:iam::000000000000:role/r"))))["stateMachineArn"]!).Value;

    sealed class Mocked(string machine) : ITaskInvoker
    {
        public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation) => new(TaskOutcome.Payload($"mocked {machine}"));
    }
}
