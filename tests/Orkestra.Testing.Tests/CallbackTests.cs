using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Testing.Tests;

public sealed class CallbackTests
{
    static readonly TimeSpan Generous = TimeSpan.FromMinutes(2);
    static readonly Order Order = new("A-1", 10m);

    static string Branch(string name, int seconds) => $$"""
        { "StartAt": "{{name}} later", "States": {
          "{{name}} later": { "Type": "Wait", "Seconds": {{seconds}}, "Next": "{{name}}" },
          "{{name}}": { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Parameters": { "QueueUrl": "q", "MessageBody": { "Token.$": "$$.Task.Token" } },
            "TimeoutSeconds": 86400, "End": true } } }
        """;

    static string Both(int secondsUntilB) => $$"""
        { "StartAt": "Both", "States": { "Both": { "Type": "Parallel", "End": true, "Branches": [{{Branch("A", 0)}}, {{Branch("B", secondsUntilB)}}] } } }
        """;

    [Fact]
    public async Task A_state_that_waits_for_no_callback_is_refused()
    {
        var run = new WorkflowTest(new Approvals()).Start(Order);
        (await Should.ThrowAsync<ArgumentException>(() => run.CallbackAsync("AskManagr").WaitAsync(Generous, TestContext.Current.CancellationToken))).Message.ShouldContain("No state 'AskManagr' waits for a callback; these do: AskManager.");
        (await Should.ThrowAsync<ArgumentException>(() => run.CallbackAsync("Report").WaitAsync(Generous, TestContext.Current.CancellationToken))).Message.ShouldContain("AskManager");
        var other = new WorkflowTest(new Checkout()).Start(Order);
        (await Should.ThrowAsync<ArgumentException>(() => other.CallbackAsync("Ship").WaitAsync(Generous, TestContext.Current.CancellationToken))).Message.ShouldContain("no other state of the document does");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3600)]
    public async Task Callbacks_are_taken_in_any_order(int secondsUntilB)
    {
        var run = WorkflowTest.OfAsl(Both(secondsUntilB)).Start();
        await (await run.CallbackAsync("B").WaitAsync(Generous, TestContext.Current.CancellationToken)).SucceedAsync(2);
        await (await run.CallbackAsync("A").WaitAsync(Generous, TestContext.Current.CancellationToken)).SucceedAsync(1);
        (await run.Completion.WaitAsync(Generous, TestContext.Current.CancellationToken)).ShouldSucceedWith(JsonValue.Parse("[1,2]")).ShouldElapse(TimeSpan.FromSeconds(secondsUntilB));
    }

    [Fact]
    public async Task A_callback_that_is_kept_holds_the_clock()
    {
        var run = WorkflowTest.OfAsl(Both(0)).Start();
        var second = await run.CallbackAsync("B").WaitAsync(Generous, TestContext.Current.CancellationToken);
        second.LetTimePass();
        // A is held, so B's time can't be over.
        await second.SucceedAsync(2);
        await (await run.CallbackAsync().WaitAsync(Generous, TestContext.Current.CancellationToken)).SucceedAsync(1);
        (await run.Completion.WaitAsync(Generous, TestContext.Current.CancellationToken)).ShouldSucceed().ShouldElapse(TimeSpan.Zero);
    }

    [Fact]
    public async Task Callbacks_can_be_asked_for_before_they_come()
    {
        var run = WorkflowTest.OfAsl(Both(60)).Start();
        var callbacks = await Task.WhenAll(run.CallbackAsync("B"), run.CallbackAsync("A")).WaitAsync(Generous, TestContext.Current.CancellationToken);
        callbacks.Select(callback => callback.State).ShouldBe(["B", "A"]);
        foreach (var callback in callbacks) await callback.SucceedAsync(callback.State);
        (await run.Completion.WaitAsync(Generous, TestContext.Current.CancellationToken)).ShouldSucceed();
    }

    [Fact]
    public async Task A_state_that_another_callback_keeps_from_running_is_waited_for_in_vain()
    {
        const string Ask = """
            "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Parameters": { "QueueUrl": "q", "MessageBody": { "Token.$": "$$.Task.Token" } }
            """;
        var run = WorkflowTest.OfAsl($$"""{ "StartAt": "A", "States": { "A": { {{Ask}}, "Next": "B" }, "B": { {{Ask}}, "End": true } } }""").Start();
        (await Should.ThrowAsync<InvalidOperationException>(() => run.CallbackAsync("B").WaitAsync(Generous, TestContext.Current.CancellationToken))).Message.ShouldContain("call CallbackAsync(\"A\") first");
    }

    [Fact]
    public async Task A_run_that_only_a_callback_can_end_says_how_to_give_it()
    {
        var message = (await Should.ThrowAsync<InvalidOperationException>(() => new WorkflowTest(new Approvals()).RunAsync(Order).WaitAsync(Generous, TestContext.Current.CancellationToken))).Message;
        message.ShouldContain("The state 'AskManager' waits for a callback");
        message.ShouldContain("Start");
        message.ShouldContain("CallbackAsync(\"AskManager\")");
    }

    [Fact]
    public async Task A_callback_with_a_timeout_times_out_in_a_run_without_answers()
    {
        var run = await new WorkflowTest(new PatientApprovals()).RunAsync(Order).WaitAsync(Generous, TestContext.Current.CancellationToken);
        run.ShouldSucceedWith("False by A-1").ShouldElapse(TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task A_reply_is_written_as_the_workflow_reads_it()
    {
        var run = new WorkflowTest(new Approvals()).Start(Order);
        await (await run.CallbackAsync("AskManager").WaitAsync(Generous, TestContext.Current.CancellationToken)).SucceedAsync(new Decision(true, "Grace"));
        (await run.Completion.WaitAsync(Generous, TestContext.Current.CancellationToken)).ShouldSucceedWith("True by Grace");
    }

    [Fact]
    public async Task A_reply_that_does_not_fit_is_refused_and_the_task_still_waits()
    {
        var run = new WorkflowTest(new Approvals()).Start(Order);
        var callback = await run.CallbackAsync().WaitAsync(Generous, TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<PayloadException>(() => callback.SucceedAsync(new { is_aproved = true, by = "Grace" }))).Message.ShouldContain("Did you mean 'is_approved'?");
        (await Should.ThrowAsync<PayloadException>(() => callback.SucceedAsync(JsonValue.Parse("""{ "is_approved": true }""")))).Message.ShouldContain("'$.by' is missing");
        await Should.ThrowAsync<PayloadException>(() => callback.SucceedAsync(7));
        await callback.SucceedAsync(new { is_approved = true, by = "Grace" });
        (await run.Completion.WaitAsync(Generous, TestContext.Current.CancellationToken)).ShouldSucceedWith("True by Grace");
    }

    [Fact]
    public void An_answer_for_a_callback_is_refused()
    {
        var test = new WorkflowTest(new Approvals());
        Should.Throw<ArgumentException>(() => test.Return(Approvals.AskManager, default)).Message.ShouldContain("CallbackAsync(\"AskManager\")");
        Should.Throw<ArgumentException>(() => test.Answer("AskManager", JsonObject.Empty)).Message.ShouldContain("CallbackAsync(\"AskManager\")");
        Should.Throw<ArgumentException>(() => test.Answer("AskManager", _ => JsonObject.Empty)).Message.ShouldContain("CallbackAsync(\"AskManager\")");
    }

    [Fact]
    public async Task A_replaced_step_asks_and_its_state_still_waits()
    {
        Order? asked = null;
        var run = new WorkflowTest(new Approvals()).Replace(Approvals.AskManager, order =>
        {
            asked = order;
            return default;
        }).Start(Order);
        await (await run.CallbackAsync("AskManager").WaitAsync(Generous, TestContext.Current.CancellationToken)).SucceedAsync(new Decision(false, "Ada"));
        (await run.Completion.WaitAsync(Generous, TestContext.Current.CancellationToken)).ShouldSucceedWith("False by Ada");
        asked.ShouldBe(Order);
    }
}
