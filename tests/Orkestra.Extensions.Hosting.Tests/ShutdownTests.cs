using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;
using Shouldly;
using Xunit;

namespace Orkestra.Extensions.Hosting.Tests;

/// <summary>How a runtime comes to its end.</summary>
public sealed class ShutdownTests
{
    static readonly StateMachine Child = AslReader.Parse("""{ "StartAt": "Answer", "States": { "Answer": { "Type": "Pass", "Result": "from the child", "End": true } } }""");

    [Fact]
    public async Task While_it_shuts_down_callers_start_nothing_and_executions_go_on_to_their_children()
    {
        var gate = new Gate();
        await using var runtime = new OrkestraRuntime(new Gated(gate));
        var parent = ParentOf(runtime);
        var execution = await runtime.StartAsync(parent.Arn, JsonObject.Empty);
        await gate.Entered.WaitAsync(TestHost.Patience);
        runtime.BeginShutdown();
        (await Should.ThrowAsync<InvalidOperationException>(() => runtime.StartAsync(parent.Arn, JsonObject.Empty))).Message.ShouldContain("shutting down");
        await Should.ThrowAsync<InvalidOperationException>(() => runtime.StartAsync(parent.Plan, JsonObject.Empty));
        await Should.ThrowAsync<InvalidOperationException>(() => runtime.RunAsync(parent.Plan, JsonObject.Empty).AsTask());
        var draining = runtime.DrainAsync();
        draining.IsCompleted.ShouldBeFalse();
        gate.Open();
        await draining.WaitAsync(TestHost.Patience);
        execution.Completion.IsCompleted.ShouldBeTrue();
        (await execution.Completion).Output.ShouldBe((JsonValue)"from the child");
    }

    [Fact]
    public async Task A_child_that_cannot_be_stored_suspends_its_parent_and_does_not_fail_it()
    {
        var store = new FaultyStore(new InMemoryExecutionStore()) { FailsToCreate = commit => commit.Execution.StateMachineArn.EndsWith(":Child", StringComparison.Ordinal) };
        var options = new OrkestraOptions { Store = store, StoreRetries = 0 };
        var gate = new Gate();
        gate.Open();
        string arn;
        await using (var runtime = new OrkestraRuntime(new Gated(gate), options))
        {
            var execution = await runtime.StartAsync(ParentOf(runtime).Arn, JsonObject.Empty);
            (await Should.ThrowAsync<ExecutionStoreException>(() => execution.Completion.WaitAsync(TestHost.Patience))).Message.ShouldContain("The disk is full.");
            arn = execution.Arn;
        }

        (await store.FindAsync(arn, TestContext.Current.CancellationToken))!.Status.ShouldBe(ExecutionStatus.Running);
        store.FailsToCreate = _ => false;
        await using (var runtime = new OrkestraRuntime(new Gated(gate), options))
        {
            ParentOf(runtime);
            var execution = await runtime.ResumeAsync(arn);
            (await execution.Completion.WaitAsync(TestHost.Patience)).Output.ShouldBe((JsonValue)"from the child");
        }
    }

    [Fact]
    public async Task Draining_ends_however_it_meets_the_end_of_the_work()
    {
        await using var runtime = new OrkestraRuntime(new Yielding());
        var machine = runtime.StateMachines.Add("Yielding", ExecutionPlan.Compile(AslReader.Parse("""
            { "StartAt": "Work", "States": { "Work": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName": "work" }, "Next": "Rest" },
              "Rest": { "Type": "Wait", "Seconds": 100000, "End": true } } }
            """)));
        for (var round = 0; round < 2_000; round++)
        {
            var execution = await runtime.StartAsync(machine.Arn, JsonObject.Empty);
            await runtime.DrainAsync().WaitAsync(TestHost.Patience);
            execution.Snapshot.History.Select(happened => happened.Type).Last().ShouldBe(HistoryEventType.WaitStateEntered);
            await execution.StopAsync();
        }
    }

    static RegisteredStateMachine ParentOf(OrkestraRuntime runtime)
    {
        var child = runtime.StateMachines.Add("Child", ExecutionPlan.Compile(Child));
        return runtime.StateMachines.Add("Parent", ExecutionPlan.Compile(AslReader.Parse($$"""
            { "StartAt": "Work", "States": { "Work": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName": "work" }, "Next": "Call" },
              "Call": { "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "Parameters": { "StateMachineArn": "{{child.Arn}}" }, "OutputPath": "$.Output", "End": true } } }
            """)));
    }

    sealed class Gated(Gate gate) : ITaskInvoker
    {
        public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
        {
            if (!invocation.Resource.IsLambdaInvoke) return TaskOutcome.Unhandled;
            await gate.PassAsync(invocation.CancellationToken);
            return TaskOutcome.Payload(JsonObject.Empty);
        }
    }

    sealed class Yielding : ITaskInvoker
    {
        public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
        {
            await Task.Yield();
            return TaskOutcome.Payload(JsonObject.Empty);
        }
    }
}
