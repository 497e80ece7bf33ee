using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting;

/// <summary>What hosts and tools see of a runtime.</summary>
public sealed class RuntimeExtensionsTests
{
    const string Waiting = """{"QueryLanguage":"JSONata","StartAt":"Set","States":{"Set":{"Type":"Pass","Assign":{"tax":0.2},"Output":{"n":5},"Next":"Wait"},"Wait":{"Type":"Wait","Seconds":86400,"Next":"Price"},"Price":{"Type":"Pass","Output":"{% $states.input.n + $tax %}","End":true}}}""";
    const string Callback = """{"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"QueueUrl":"q","MessageBody":{"token.$":"$$.Task.Token"}},"End":true}}}""";

    static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    static RegisteredStateMachine Machine(string definition, string name = "machine") =>
        new() { Plan = ExecutionPlan.Compile(AslReader.Read(definition).GetDocument()), Identity = new MachineIdentity { Name = name } };

    [Fact]
    public async Task A_name_is_started_once()
    {
        await using var runtime = new OrkestraRuntime();
        var machine = Machine(Waiting);
        var first = await runtime.StartIfNewAsync(machine, JsonObject.Empty, "one", Cancellation);
        var second = await runtime.StartIfNewAsync(machine, JsonObject.Empty, "one", Cancellation);
        first.ShouldBe(new StartOutcome(machine.ExecutionArn("one"), IsNew: true));
        second.ShouldBe(new StartOutcome(machine.ExecutionArn("one"), IsNew: false));
        (await runtime.FindRecordAsync(first.ExecutionArn, Cancellation))!.Status.ShouldBe(ExecutionStatus.Running);
        runtime.BeginShutdown();
        await Should.ThrowAsync<InvalidOperationException>(() => runtime.StartIfNewAsync(machine, JsonObject.Empty, "two", Cancellation));
    }

    [Fact]
    public async Task An_execution_is_moved_to_what_it_waits_for()
    {
        await using var runtime = new OrkestraRuntime();
        var run = await runtime.StartAsync(Machine(Waiting), JsonObject.Empty, "one", Cancellation);
        var until = await runtime.SkipWaitAsync(run.Arn, Cancellation);
        until.ShouldBe(run.Snapshot.StartTime.AddDays(1), TimeSpan.FromMinutes(1));
        var result = await run.Completion.WaitAsync(Cancellation);
        result.Output.ShouldBe((JsonValue)5.2);
        (await runtime.FindDueAsync(run.Arn, Cancellation)).ShouldBeNull();
        await Should.ThrowAsync<InvalidOperationException>(() => runtime.SkipWaitAsync(run.Arn, Cancellation));
    }

    [Fact]
    public async Task A_rerun_begins_at_a_state_with_what_was_known_there()
    {
        await using var runtime = new OrkestraRuntime();
        var machine = Machine(Waiting);
        var run = await runtime.StartAsync(machine, JsonObject.Empty, "one", Cancellation);
        await runtime.SkipWaitAsync(run.Arn, Cancellation);
        await run.Completion.WaitAsync(Cancellation);
        var point = (await runtime.FindRerunPointAsync(run.Arn, "Price", Cancellation))!;
        point.Input.ShouldBe(JsonObject.Create(("n", 5)));
        point.Variables.ShouldBe(JsonObject.Create(("tax", 0.2)));
        var again = await runtime.StartAsync(machine.StartingAt("Price", point), point.Input, "two", Cancellation);
        (await again.Completion.WaitAsync(Cancellation)).Output.ShouldBe((JsonValue)5.2);
        (await runtime.FindRerunPointAsync(run.Arn, "Missing", Cancellation)).ShouldBeNull();
        Should.Throw<ArgumentException>(() => machine.StartingAt("Missing")).Message.ShouldContain("It has: Set, Wait, Price");
    }

    [Fact]
    public async Task Who_listens_hears_that_something_has_changed()
    {
        await using var runtime = new OrkestraRuntime();
        var machine = Machine(Waiting);
        using var changes = runtime.Changes.Subscribe(start => start.ResolveArn() == machine.ExecutionArn("mine"));
        var before = runtime.Changes.Version;
        await runtime.StartAsync(machine, JsonObject.Empty, "other", Cancellation);
        runtime.Changes.Version.ShouldBeGreaterThan(before);
        (await changes.WaitAsync(TimeSpan.Zero, Cancellation)).ShouldBeFalse();
        await runtime.StartAsync(machine, JsonObject.Empty, "mine", Cancellation);
        (await changes.WaitAsync(TimeSpan.FromMinutes(1), Cancellation)).ShouldBeTrue();
        runtime.Changes.PublishOther();
        (await changes.WaitAsync(TimeSpan.FromMinutes(1), Cancellation)).ShouldBeTrue();
        (await changes.WaitAsync(TimeSpan.Zero, Cancellation)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_token_leads_to_its_execution()
    {
        var taken = new TaskCompletionSource<string>();
        await using var runtime = new OrkestraRuntime(new Sending(taken));
        var run = await runtime.StartAsync(Machine(Callback), JsonObject.Empty, "one", Cancellation);
        var token = await taken.Task.WaitAsync(Cancellation);
        (await runtime.FindTokenOwnerAsync(token, Cancellation)).ShouldBe(run.Arn);
        (await runtime.FindTokenOwnerAsync("unknown", Cancellation)).ShouldBeNull();
        run.Snapshot.Start.TokenOf(new TaskId(0, 1)).ShouldBe(token);
    }

    [Fact]
    public void An_arn_is_taken_apart()
    {
        var arn = ResourceArn.Parse("arn:aws:states:us-east-1:123456789012:stateMachine:orders:7", ResourceArn.StateMachine);
        (arn.Type, arn.Name, arn.Qualifier, arn.Version, arn.Unqualified).ShouldBe(("stateMachine", "orders", "7", 7, "arn:aws:states:us-east-1:123456789012:stateMachine:orders"));
        Should.Throw<ServiceException>(() => ResourceArn.Parse(arn.Text, ResourceArn.Activity)).Code.ShouldBe("InvalidArn");
        ResourceArn.IsName("a b").ShouldBeFalse();
        ResourceArn.IsName("a-b").ShouldBeTrue();
    }

    sealed class Sending(TaskCompletionSource<string> taken) : ITaskInvoker
    {
        public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
        {
            taken.TrySetResult(((JsonString)invocation.Input["MessageBody"]!["token"]!).Value);
            return new(TaskOutcome.OptimizedResult(JsonObject.Create(("MessageId", "m"))));
        }
    }
}
