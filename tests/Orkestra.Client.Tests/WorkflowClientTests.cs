using Microsoft.Extensions.DependencyInjection;
using Orkestra.Client.Connections;
using Orkestra.Engine;
using Orkestra.Hosting.Service;
using Shouldly;
using Xunit;

namespace Orkestra.Client.Tests;

/// <summary>One client, three places: the same calls with the same answers.</summary>
public sealed class WorkflowClientTests
{
    public static TheoryData<string> Places => [Place.Embedded, Place.Endpoint, Place.Aws];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task An_execution_is_started_waited_for_and_found(string at)
    {
        await using var place = await Place.StartAsync(at);
        var client = place.Client<PlaceOrder>();
        var execution = await client.StartAsync(new Order("A-7", 2), name: "order-7");
        execution.Name.ShouldBe("order-7");
        (await execution.WaitAsync().WaitAsync(Place.Patience)).ShouldBe(new Receipt("A-7", 25m));
        var described = await execution.DescribeAsync();
        (described.Status, described.Output, described.Error, described.RedriveCount).ShouldBe((ExecutionStatus.Succeeded, new Receipt("A-7", 25m), null, 0));
        described.StopTime!.Value.ShouldBeGreaterThanOrEqualTo(described.StartTime);
        (await client.FindAsync("order-7"))!.Arn.ShouldBe(execution.Arn);
        (await client.FindAsync(execution.Arn))!.Name.ShouldBe("order-7");
        (await client.FindAsync("order-8")).ShouldBeNull();
        (await place.Client<Nightly>().StartAsync()).ShouldNotBeNull();
        var listed = new List<string>();
        await foreach (var one in client.ListAsync(ExecutionStatus.Succeeded)) listed.Add(one.Name);
        listed.ShouldBe(["order-7"]);
    }

    [Theory]
    [InlineData("PlaceOrder")]
    [InlineData("arn:aws:states:eu-west-1:123456789012:execution:PlaceOrder:order-7")]
    public async Task What_is_not_the_ARN_of_a_state_machine_is_refused(string arn)
    {
        await using var place = await Place.StartAsync(Place.Embedded);
        var connection = place.Client<PlaceOrder>().Connection;
        Should.Throw<ArgumentException>(() => new WorkflowClient<PlaceOrder>(new PlaceOrder(), connection, arn))
            .Message.ShouldStartWith($"'{arn}' is not the ARN of a state machine: write 'arn:aws:states:REGION:ACCOUNT:stateMachine:NAME', or leave it out to look for the name of PlaceOrder.");
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_start_is_refused_as_on_AWS_when_its_name_was_used(string at)
    {
        await using var place = await Place.StartAsync(at);
        var client = place.Client<PlaceOrder>();
        await (await client.StartAsync(new Order("A-7", 2), name: "order-7")).WaitAsync().WaitAsync(Place.Patience);
        (await Should.ThrowAsync<ServiceException>(() => client.StartAsync(new Order("A-8", 2), name: "order-7"))).Code.ShouldBe("ExecutionAlreadyExists");
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_failed_execution_is_redriven(string at)
    {
        await using var place = await Place.StartAsync(at);
        place.Till.IsOpen = false;
        var execution = await place.Client<PlaceOrder>().StartAsync(new Order("A-7", 2));
        var failure = await Should.ThrowAsync<WorkflowExecutionException>(() => execution.WaitAsync().WaitAsync(Place.Patience));
        (failure.Status, failure.Error, failure.ExecutionArn).ShouldBe((ExecutionStatus.Failed, "TillClosedException", execution.Arn));
        failure.Message.ShouldBe($"The execution {execution.Arn} failed with TillClosedException: The till is closed.");
        place.Till.IsOpen = true;
        await execution.RedriveAsync();
        (await execution.WaitAsync().WaitAsync(Place.Patience)).Paid.ShouldBe(25m);
        (await execution.DescribeAsync()).RedriveCount.ShouldBe(1);
        var types = new List<string>();
        await foreach (var happened in execution.HistoryAsync()) types.Add(happened.Type);
        types.ShouldContain("ExecutionRedriven");
        types[^1].ShouldBe("ExecutionSucceeded");
        (await Should.ThrowAsync<ServiceException>(() => execution.RedriveAsync())).Code.ShouldBe("ExecutionNotRedrivable");
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_task_that_waits_for_its_token_is_completed(string at)
    {
        await using var place = await Place.StartAsync(at);
        var client = new StateMachineClient<string, Receipt>("Callback", place.Services.GetRequiredService<WorkflowConnection>());
        var execution = await client.StartAsync("please");
        using var patience = new CancellationTokenSource(Place.Patience);
        var token = await place.Tokens.NextAsync(patience.Token);
        (await execution.DescribeAsync()).Status.ShouldBe(ExecutionStatus.Running);
        await client.HeartbeatAsync(token);
        await client.CompleteTaskAsync(token, new Receipt("A-7", 1m));
        (await execution.WaitAsync(patience.Token)).ShouldBe(new Receipt("A-7", 1m));
        (await Should.ThrowAsync<ServiceException>(() => client.CompleteTaskAsync(token, 1))).Code.ShouldBe("TaskTimedOut");

        var failing = await client.StartAsync("please");
        await client.FailTaskAsync(await place.Tokens.NextAsync(patience.Token), "Refused", "too late");
        (await Should.ThrowAsync<WorkflowExecutionException>(() => failing.WaitAsync(patience.Token))).Error.ShouldBe("Refused");
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task An_execution_is_stopped(string at)
    {
        await using var place = await Place.StartAsync(at);
        var client = new StateMachineClient<string, Receipt>("Callback", place.Services.GetRequiredService<WorkflowConnection>());
        var execution = await client.StartAsync("please");
        await execution.StopAsync("Enough", "of it");
        var failure = await Should.ThrowAsync<WorkflowExecutionException>(() => execution.WaitAsync().WaitAsync(Place.Patience));
        (failure.Status, failure.Error, failure.Cause).ShouldBe((ExecutionStatus.Aborted, "Enough", "of it"));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_state_machine_that_is_not_deployed_is_named(string at)
    {
        await using var place = await Place.StartAsync(at);
        var client = new StateMachineClient<string, string>("Elsewhere", place.Services.GetRequiredService<WorkflowConnection>());
        var refusal = await Should.ThrowAsync<ServiceException>(() => client.StartAsync("x"));
        (refusal.Code, refusal.Message).ShouldBe(("StateMachineDoesNotExist", "State Machine Does Not Exist: 'Elsewhere'"));
    }
}
