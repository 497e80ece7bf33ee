using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Testing.Tests;

public sealed class WorkflowTestTests
{
    const string Approval = """
        {
          "StartAt": "Ask",
          "States": {
            "Ask": {
              "Type": "Task",
              "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
              "Parameters": { "QueueUrl": "q", "MessageBody": { "Token.$": "$$.Task.Token" } },
              "TimeoutSeconds": 3600,
              "Catch": [{ "ErrorEquals": ["States.Timeout"], "Next": "GiveUp" }],
              "Next": "Count"
            },
            "Count": { "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:count", "End": true },
            "GiveUp": { "Type": "Fail", "Error": "TooLate" }
          }
        }
        """;

    static readonly Order Order = new("A-1", 10m);

    [Fact]
    public async Task A_workflow_runs_with_its_own_steps()
    {
        var run = await new WorkflowTest(new Checkout()).RunAsync(Order);
        run.ShouldSucceedWith("shipped: receipt for A-1").ShouldElapse(TimeSpan.FromDays(1)).ShouldAttempt(Checkout.Charge, 1);
        run.OutputAs<string>().ShouldBe("shipped: receipt for A-1");
        run.Path[0].ShouldBe("Charge");
    }

    [Fact]
    public async Task Steps_are_replaced_with_their_types()
    {
        var run = await new WorkflowTest(new Checkout()).Replace(Checkout.Charge, order => $"{order.Amount}").Return(Checkout.Ship, "done").RunAsync(Order);
        run.ShouldSucceedWith("done");
        run.Result.History.ShouldContain(happened => happened.Type == HistoryEventType.TaskStateExited && happened.Value == (JsonValue)"10");
    }

    [Fact]
    public async Task Failures_are_given_by_attempt()
    {
        var run = await new WorkflowTest(new Checkout()).Throw<CardDeclined>(Checkout.Charge, attempts: 1..2).RunAsync(Order);
        run.ShouldSucceed().ShouldAttempt(Checkout.Charge, times: 3);
        run.Elapsed.ShouldBeGreaterThan(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        (await new WorkflowTest(new Checkout()).Throw<CardDeclined>(Checkout.Charge).RunAsync(Order)).ShouldFail<CardDeclined>().ShouldAttempt("Charge", 4).ShouldNotEnter("Ship");
    }

    [Fact]
    public async Task An_assertion_that_does_not_hold_draws_the_run()
    {
        var run = await new WorkflowTest(new Checkout()).Throw<CardDeclined>(Checkout.Charge).RunAsync(Order);
        var message = Should.Throw<WorkflowAssertionException>(() => run.ShouldSucceed()).Message;
        message.ShouldContain("The run should succeed.");
        message.ShouldContain("✗ Charge  4 failed: CardDeclined: no money");
        message.ShouldContain("· Ship");
        message.ShouldContain("State: Charge");
        message.ShouldContain("Input: {\"Id\":\"A-1\",\"Amount\":10}");
        message.ShouldContain("Error: CardDeclined: no money");
        Should.Throw<WorkflowAssertionException>(() => run.ShouldFail("Other"));
        Should.Throw<WorkflowAssertionException>(() => run.ShouldTake("Ship"));
        Should.Throw<WorkflowAssertionException>(() => run.ShouldAttempt("Charge", 1));
        Should.Throw<WorkflowAssertionException>(() => run.ShouldElapse(TimeSpan.Zero));
        Should.Throw<WorkflowAssertionException>(() => run.ShouldEnter("Ship"));
        Should.Throw<WorkflowAssertionException>(() => run.ShouldNotEnter("Charge"));
    }

    [Fact]
    public async Task Callbacks_are_completed_by_hand()
    {
        var started = WorkflowTest.OfAsl(Approval).Answer("Count", payload => payload["n"]!).Start();
        var callback = await started.CallbackAsync("Ask");
        started.Status.ShouldBe(ExecutionStatus.Running);
        callback.Request["MessageBody"]!["Token"].ShouldBe((JsonValue)callback.TaskToken);
        await callback.HeartbeatAsync();
        await callback.SucceedAsync(JsonObject.Create(("n", 3)));
        var run = await started.Completion;
        run.ShouldSucceedWith(3).ShouldTake("Ask", "Count").ShouldElapse(TimeSpan.Zero);
        await Should.ThrowAsync<InvalidOperationException>(() => callback.SucceedAsync(1));
    }

    [Fact]
    public async Task A_callback_may_fail_or_never_come()
    {
        var failing = WorkflowTest.OfAsl(Approval).Start();
        await (await failing.CallbackAsync()).FailAsync("Refused", "no");
        (await failing.Completion).ShouldFail("Refused");
        var silent = WorkflowTest.OfAsl(Approval).Start();
        (await silent.CallbackAsync()).LetTimePass();
        (await silent.Completion).ShouldFail("TooLate").ShouldElapse(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_task_nobody_answers_says_so()
    {
        var started = WorkflowTest.OfAsl(Approval).Start();
        await (await started.CallbackAsync()).SucceedAsync(JsonObject.Empty);
        var run = await started.Completion;
        run.ShouldFail();
        run.Result.Cause!.ShouldContain("count");
    }

    [Fact]
    public void A_rule_for_what_is_not_there_says_what_is()
    {
        Should.Throw<ArgumentException>(() => WorkflowTest.OfAsl(Approval).Answer("Cuont", 1)).Message.ShouldContain("it has Ask, Count, GiveUp");
        Should.Throw<InvalidOperationException>(() => WorkflowTest.OfAsl(Approval).Return(Checkout.Ship, "x"));
        Should.Throw<ArgumentException>(() => new WorkflowTest(new Checkout()).Throw<CardDeclined>(new Authoring.Step<int, int>(n => n, "Elsewhere"))).Message.ShouldContain("Charge, Ship");
        Should.Throw<ArgumentException>(() => new WorkflowTest(new Checkout()).Throw<CardDeclined>(Checkout.Charge, attempts: ^2..)).Message.ShouldContain("1..2");
    }

    [Fact]
    public async Task Assertions_about_what_the_workflow_does_not_have_are_refused()
    {
        var run = await new WorkflowTest(new Checkout()).RunAsync(Order);
        Should.Throw<ArgumentException>(() => run.ShouldAttempt("Chrage", 0)).Message.ShouldContain("The document has no state 'Chrage'");
        Should.Throw<ArgumentException>(() => run.ShouldAttempt(new Authoring.Step<int, int>(n => n, "Elsewhere"), 0)).Message.ShouldContain("does not use the step 'Elsewhere'");
        var document = await WorkflowTest.OfAsl("""{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}""").RunAsync();
        Should.Throw<InvalidOperationException>(() => document.AttemptsOf(Checkout.Ship)).Message.ShouldContain("name the state instead");
        document.AttemptsOf("A").ShouldBe(0);
    }

    [Theory]
    [InlineData("startExecution.sync:2", "$.Output")]
    [InlineData("startExecution.waitForTaskToken", "$")]
    public async Task Other_state_machines_can_be_started(string action, string output)
    {
        const string Child = """
            { "StartAt": "Rest", "States": { "Rest": { "Type": "Wait", "Seconds": 60, "Next": "Told" },
              "Told": { "Type": "Choice", "Choices": [{ "Variable": "$.token", "IsPresent": true, "Next": "Tell" }], "Default": "Done" },
              "Tell": { "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sfn:sendTaskSuccess", "Parameters": { "TaskToken.$": "$.token", "Output": 7 }, "End": true },
              "Done": { "Type": "Pass", "Result": 7, "End": true } } }
            """;
        var input = action.EndsWith("Token", StringComparison.Ordinal) ? """{ "token.$": "$$.Task.Token" }""" : "{}";
        var run = await WorkflowTest.OfAsl($$"""
            { "StartAt": "Call", "States": { "Call": { "Type": "Task", "Resource": "arn:aws:states:::states:{{action}}", "OutputPath": "{{output}}", "End": true,
              "Parameters": { "StateMachineArn": "arn:aws:states:us-east-1:000000000000:stateMachine:Child", "Input": {{input}} } } } }
            """).WithStateMachine("Child", Asl.AslReader.Parse(Child)).RunAsync();
        run.ShouldSucceedWith(7).ShouldElapse(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Many_runs_at_the_same_time_do_not_meet()
    {
        var test = new WorkflowTest(new Checkout()).Throw<CardDeclined>(Checkout.Charge, attempts: 1..1);
        var runs = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Task.Run(() => test.RunAsync(new Order($"{n}", n)))));
        for (var n = 0; n < runs.Length; n++) runs[n].ShouldSucceedWith($"shipped: receipt for {n}").ShouldAttempt(Checkout.Charge, 2);
    }
}
