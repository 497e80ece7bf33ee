using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;
using Shouldly;
using Xunit;

namespace Orkestra.Extensions.Hosting.Tests;

/// <summary>Workflows in a host that starts and stops.</summary>
public sealed class HostTests
{
    const string Question = """
        { "StartAt": "Ask", "States": { "Ask": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
          "Parameters": { "FunctionName": "ask", "Payload": { "token.$": "$$.Task.Token" } }, "End": true } } }
        """;

    [Fact]
    public async Task Steps_get_the_services_of_the_host_in_a_scope_of_their_own()
    {
        await using var host = await TestHost.StartAsync(
            orkestra => orkestra.AddWorkflow<Greeting>(),
            services => services.AddSingleton(new Phrases("Hello")).AddSingleton<VisitLog>().AddScoped<Visit>());
        foreach (var name in (string[])["Ada", "Grace"])
        {
            var execution = await host.Runtime.StartAsync("Greeting", name);
            (await execution.Completion.WaitAsync(TestHost.Patience)).Output.ShouldBe((JsonValue)$"Hello, {name}!");
        }

        var visits = host.Services.GetRequiredService<VisitLog>();
        visits.Count.ShouldBe(2);
        visits[0].ShouldNotBeSameAs(visits[1]);
        visits.ShouldAllBe(visit => visit.IsDisposed);
    }

    [Fact]
    public async Task An_execution_that_waits_for_an_answer_outlives_the_host()
    {
        var store = new InMemoryExecutionStore();
        var first = new Asks();
        var second = new Asks();
        string arn;
        await using (var host = await Host(first))
        {
            arn = (await host.Runtime.StartAsync("Question", JsonObject.Empty)).Arn;
            await first.Token.WaitAsync(TestHost.Patience);
            await host.StopAsync();
            host.Log.Of("Suspended").ShouldBeEmpty();
        }

        var token = await first.Token;
        await using (var host = await Host(second))
        {
            host.Log.Of("Resumed").ShouldHaveSingleItem().ShouldStartWith("1 stored executions go on; 0 cannot");
            var execution = await host.Runtime.ResumeAsync(arn);
            execution.Status.ShouldBe(ExecutionStatus.Running);
            (await host.Runtime.SendTaskSuccessAsync(token, "forty-two")).ShouldBeTrue();
            (await execution.Completion.WaitAsync(TestHost.Patience)).Output.ShouldBe((JsonValue)"forty-two");
        }

        second.Token.IsCompleted.ShouldBeFalse("The question is asked once.");
        (await store.FindAsync(arn, TestContext.Current.CancellationToken))!.Status.ShouldBe(ExecutionStatus.Succeeded);

        Task<TestHost> Host(Asks asks) => TestHost.StartAsync(
            orkestra => orkestra.AddStateMachine("Question", AslReader.Parse(Question)).UseInvoker(services => services.GetRequiredService<Asks>())
                .UseStore(services => services.GetRequiredService<IExecutionStore>()),
            services => services.AddSingleton(asks).AddSingleton<IExecutionStore>(store));
    }

    [Fact]
    public async Task Stopping_waits_for_the_step_that_runs()
    {
        await using var host = await TestHost.StartAsync(orkestra => orkestra.AddWorkflow<Waiting>());
        var execution = await host.Runtime.StartAsync("Waiting", 1);
        await host.Gate.Entered.WaitAsync(TestHost.Patience);
        var stopping = host.StopAsync();
        stopping.IsCompleted.ShouldBeFalse();
        host.Gate.StepToken.IsCancellationRequested.ShouldBeFalse();
        host.Gate.Open();
        await stopping;
        (await execution.Completion.WaitAsync(TestHost.Patience)).Output.ShouldBe((JsonValue)2);
        host.Log.Of("Lost").ShouldBeEmpty();
        await Should.ThrowAsync<ObjectDisposedException>(() => host.Runtime.StartAsync("Waiting", 1));
    }

    [Theory]
    [InlineData("Waiting")]
    [InlineData("Blocking")]
    public async Task A_step_that_does_not_end_runs_again_after_the_restart(string workflow)
    {
        var store = new InMemoryExecutionStore();
        string arn;
        await using (var host = await Host(TimeSpan.FromMilliseconds(200)))
        {
            arn = (await host.Runtime.StartAsync(workflow, 1)).Arn;
            await host.Gate.Entered.WaitAsync(TestHost.Patience);
            await host.StopAsync();
            host.Log.Of("Suspended").ShouldHaveSingleItem();
            host.Gate.StepToken.IsCancellationRequested.ShouldBeTrue();
            (await store.FindAsync(arn, TestContext.Current.CancellationToken))!.Status.ShouldBe(ExecutionStatus.Running);
            // The answer of the step comes too late.
            host.Gate.Open();
        }

        await using (var host = await Host(TestHost.Patience))
        {
            await host.Gate.Entered.WaitAsync(TestHost.Patience);
            var execution = await host.Runtime.ResumeAsync(arn);
            host.Gate.Open();
            (await execution.Completion.WaitAsync(TestHost.Patience)).Output.ShouldBe((JsonValue)2);
            host.Gate.Calls.ShouldBe(1);
        }

        Task<TestHost> Host(TimeSpan shutdownTimeout) => TestHost.StartAsync(
            orkestra => orkestra.AddWorkflow(new Waiting()).AddWorkflow(new Blocking()).UseStore(store), shutdownTimeout: shutdownTimeout);
    }

    [Fact]
    public async Task Without_a_store_what_does_not_end_is_lost_and_logged()
    {
        await using var host = await TestHost.StartAsync(orkestra => orkestra.AddWorkflow<Waiting>(), shutdownTimeout: TimeSpan.FromMilliseconds(200));
        var execution = await host.Runtime.StartAsync("Waiting", 1);
        await host.Gate.Entered.WaitAsync(TestHost.Patience);
        await host.StopAsync();
        host.Log.Of("Lost").ShouldHaveSingleItem();
        await Should.ThrowAsync<ExecutionStoreException>(() => execution.Completion.WaitAsync(TestHost.Patience));
    }

    [Fact]
    public async Task An_execution_whose_definition_is_gone_is_logged_and_left_alone()
    {
        const string secret = "4111111111111111";
        var store = new FaultyStore(new InMemoryExecutionStore()) { KeepsRevisions = false };
        string gone, kept;
        await using (var host = await TestHost.StartAsync(orkestra => orkestra
            .AddStateMachine("Gone", AslReader.Parse(Question)).AddStateMachine("Kept", AslReader.Parse(Question)).UseStore(store).UseInvoker(_ => new Asks())))
        {
            gone = (await host.Runtime.StartAsync("Gone", JsonObject.Create(("card", secret)))).Arn;
            kept = (await host.Runtime.StartAsync("Kept", JsonObject.Empty)).Arn;
        }

        var before = await store.FindAsync(gone, TestContext.Current.CancellationToken);
        await using (var host = await TestHost.StartAsync(orkestra => orkestra.AddStateMachine("Kept", AslReader.Parse(Question)).UseStore(store)))
        {
            var line = host.Log.All.Where(line => line.Event == "NotResumed").ShouldHaveSingleItem();
            line.Level.ShouldBe(LogLevel.Error);
            line.Category.ShouldBe("Orkestra.Hosting");
            line.Text.ShouldContain(gone);
            line.Text.ShouldContain("neither registered nor stored");
            host.Log.Of("Resumed").ShouldHaveSingleItem().ShouldStartWith("1 stored executions go on; 1 cannot");
            host.Log.All.ShouldAllBe(each => !each.Text.Contains(secret));
            (await host.Runtime.ResumeAsync(kept)).Status.ShouldBe(ExecutionStatus.Running);
        }

        (await store.FindAsync(gone, TestContext.Current.CancellationToken)).ShouldBe(before);
        before!.Status.ShouldBe(ExecutionStatus.Running);
    }

    [Fact]
    public async Task Nothing_is_resumed_at_the_start_when_that_is_off()
    {
        var store = new InMemoryExecutionStore();
        await using (var host = await TestHost.StartAsync(orkestra => orkestra.AddWorkflow<Waiting>().UseStore(store), shutdownTimeout: TimeSpan.FromMilliseconds(200)))
        {
            await host.Runtime.StartAsync("Waiting", 1);
            await host.Gate.Entered.WaitAsync(TestHost.Patience);
            await host.StopAsync();
        }

        await using (var host = await TestHost.StartAsync(orkestra => orkestra.AddWorkflow<Waiting>().UseStore(store).ResumeAtStart = false))
        {
            host.Log.Of("Resumed").ShouldBeEmpty();
            host.Gate.Calls.ShouldBe(0);
            (await host.Runtime.ResumeAllAsync()).Resumed.ShouldHaveSingleItem();
            await host.Gate.Entered.WaitAsync(TestHost.Patience);
        }
    }

    sealed class Asks : ITaskInvoker
    {
        readonly TaskCompletionSource<string> token = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Token => token.Task;

        public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
        {
            token.TrySetResult(invocation.TaskToken);
            return new(TaskOutcome.Payload(JsonValue.Null));
        }
    }
}
