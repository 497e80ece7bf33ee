using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Testing.Tests;

/// <summary>Inputs, answers and names that do not fit the workflow.</summary>
public sealed class ShapeTests
{
    static readonly Order Order = new("A-1", 10m);

    [Fact]
    public async Task An_input_that_does_not_fit_is_refused()
    {
        var test = new WorkflowTest(new Workshop());
        (await Should.ThrowAsync<PayloadException>(() => test.RunAsync(new { Idd = "x", Amount = 1 }))).Message.ShouldContain("Did you mean 'id'?");
        (await Should.ThrowAsync<PayloadException>(() => test.RunAsync())).Message.ShouldContain("'$.id' is missing");
        Should.Throw<PayloadException>(() => test.Start("x"));
    }

    [Fact]
    public async Task An_answer_that_the_step_cannot_give_is_refused()
    {
        var test = new WorkflowTest(new Workshop());
        var message = Should.Throw<ArgumentException>(() => test.Answer("Make", JsonValue.Parse("""{ "isAproved": true, "by": "Ada" }"""))).Message;
        message.ShouldContain("The answer of the state 'Make' does not fit Decision, which the step 'Make' gives");
        message.ShouldContain("isAproved");
        message.ShouldContain("Answer(\"Make\", _ => …)");
        Should.Throw<ArgumentException>(() => test.Answer("Make", JsonValue.Parse("""{ "isApproved": true }"""))).Message.ShouldContain("by");
        Should.Throw<ArgumentException>(() => test.Answer("Make", JsonValue.Parse("""{ "isApproved": true, "by": null }"""))).Message.ShouldContain("by");
        Should.Throw<ArgumentException>(() => test.Answer("Make", "yes"));
        (await test.Answer("Make", JsonValue.Parse("""{ "isApproved": true, "by": "Ada" }""")).RunAsync(Order)).ShouldSucceedWith("Ada");
    }

    [Fact]
    public async Task A_function_answers_what_the_step_would_never_give()
    {
        var run = await new WorkflowTest(new Workshop()).Answer("Make", _ => JsonValue.Parse("""{ "by": "Ada", "more": 1 }""")).RunAsync(Order);
        run.ShouldSucceedWith("Ada");
    }

    [Fact]
    public async Task Assertions_about_the_path_refuse_misspelled_states()
    {
        var run = await new WorkflowTest(new Workshop()).RunAsync(Order);
        Should.Throw<ArgumentException>(() => run.ShouldNotEnter("Maek")).Message.ShouldContain("The document has no state 'Maek'; it has Make, Read");
        Should.Throw<ArgumentException>(() => run.ShouldEnter("Make", "Raed")).Message.ShouldContain("'Raed'");
        Should.Throw<ArgumentException>(() => run.ShouldTake("Make", "Raed")).Message.ShouldContain("'Raed'");
        run.ShouldTake("Make", "Read").ShouldEnter("Read");
    }

    [Fact]
    public async Task A_part_of_a_fused_step_is_named_with_the_whole()
    {
        var test = new WorkflowTest(new FusedWorkshop());
        var message = Should.Throw<ArgumentException>(() => test.Return(Workshop.Make, new Decision(true, "Ada"))).Message;
        message.ShouldContain("The step 'Make' is a part of the fused step 'MakeAndRead'");
        message.ShouldContain("Answer(\"MakeAndRead\", …)");
        (await test.Answer("MakeAndRead", "Ada").RunAsync(Order)).ShouldSucceedWith("Ada");
    }

    [Fact]
    public async Task A_step_of_a_nested_workflow_is_named_with_its_workflow()
    {
        var test = new WorkflowTest(new Orders());
        var message = Should.Throw<ArgumentException>(() => test.Return(Workshop.Make, new Decision(true, "Ada"))).Message;
        message.ShouldContain("The step 'Make' belongs to the workflow Workshop");
        message.ShouldContain("Answer(\"Workshop\", …)");
        (await test.RunAsync(Order)).ShouldSucceedWith("A-1 is sent");
        (await test.Answer("Workshop", JsonValue.Parse("""{ "Output": "Ada" }""")).RunAsync(Order)).ShouldSucceedWith("Ada is sent");
    }
}
