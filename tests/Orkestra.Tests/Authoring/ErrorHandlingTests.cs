using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Authoring.Compilation;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring;

/// <summary>Catch and Retry match as C# does; errors can be seen with the input, thrown again and looped over.</summary>
public sealed class ErrorHandlingTests
{
    static readonly Step<Failure, string> Handled = new(failure => $"caught {failure.Error}");
    static readonly Step<Failure, string> Outer = new(failure => $"outer {failure.Error}");

    static Step<Nothing, string> Fail(Func<Exception> exception, string name = "Fail") => new(_ => throw exception()) { Name = name };

    static Task<string> Run(Flow<Nothing, string> flow) => TestWorkflow.Of(flow).RunAsync(OrkestraOptions.SkippingTime);

    [Fact]
    public async Task A_base_class_catches_what_derives_from_it()
    {
        (await Run(Fail(() => new FileNotFoundException("x")).Catch<IOException>(Handled))).ShouldBe("caught IOException");
        (await Run(Fail(() => new FileNotFoundException("x")).Catch<FileNotFoundException>(Handled).Catch<IOException>(Outer))).ShouldBe("caught FileNotFoundException");
        (await Run(Fail(() => new DirectoryNotFoundException("x")).Catch<FileNotFoundException>(Handled).Catch<IOException>(Outer))).ShouldBe("outer IOException");
        (await Run(Workflow.Try(Fail(() => new FileNotFoundException("x")).Catch<IOException>(Handled) >> new Step<string, string>(text => text) { Name = "Next" }).Catch<FileNotFoundException>(Outer)))
            .ShouldBe("caught FileNotFoundException");
        await Should.ThrowAsync<WorkflowFailedException>(() => Run(Fail(() => new FormatException("x")).Catch<IOException>(Handled)));
    }

    [Fact]
    public async Task A_retry_of_a_base_class_retries_what_derives_from_it()
    {
        var tries = 0;
        Step<Nothing, string> flaky = new(_ => ++tries < 3 ? throw new FileNotFoundException("x") : "done") { Name = "Flaky" };
        (await Run(flaky.Retry<IOException>(5))).ShouldBe("done");
        tries = 0;
        Step<Nothing, string> own = new(_ => ++tries < 3 ? throw new FileNotFoundException("x") : "done") { Name = "Own", Retry = RetryPolicy.For<IOException>() with { MaxAttempts = 2 } };
        (await Run(own)).ShouldBe("done");
    }

    [Fact]
    public async Task An_aggregate_counts_as_the_exception_inside()
    {
        (await Run(Fail(() => new AggregateException(new FileNotFoundException("x"), new FormatException("y"))).Catch<IOException>(Handled))).ShouldBe("caught IOException");
        (await Run(Fail(() => new AggregateException(new FormatException("y"))).Catch<AggregateException>(Handled))).ShouldBe("caught AggregateException");
        (await Run(Fail(() => new AggregateException(new FormatException("y"))).Catch<Exception>(Handled))).ShouldBe("caught FormatException");
    }

    [Fact]
    public async Task Two_exceptions_of_one_simple_name_are_told_apart()
    {
        (await Run(Fail(() => new Other.RefusedException()).Catch<RefusedException>(Handled).Catch<Other.RefusedException>(Outer))).ShouldStartWith("outer ");
        (await Run(Fail(() => new RefusedException()).Catch<RefusedException>(Handled).Catch<Other.RefusedException>(Outer))).ShouldStartWith("caught ");
        (await Run(Fail(() => new Other.RefusedException()).Catch<RefusedException>(Handled).Catch<Exception>(Outer))).ShouldStartWith("outer ");
    }

    [Fact]
    public void The_document_lists_the_derived_exceptions_that_the_workflow_names()
    {
        var flow = Workflow.Try(Fail(() => new IOException()).Catch<IOException>(Handled) >> new Step<string, string>(text => text) { Name = "Next" }).Catch<FileNotFoundException>(Outer);
        var document = TestWorkflow.Of(flow).Compile().Document;
        var inner = ((ParallelState)document.States["Try Fail"]).Branches[0].States["Fail"];
        ((FallibleState)inner).Catch[0].ErrorEquals.ShouldBe(["IOException", "FileNotFoundException"]);
        var timeouts = TestWorkflow.Of(Fail(() => new IOException()).Catch<SystemException>(Handled)).Compile().Document.States["Fail"];
        ((FallibleState)timeouts).Catch[0].ErrorEquals.ShouldBe(["SystemException", "States.Timeout"]);
    }

    [Fact]
    public void What_was_thrown_stands_in_the_cause()
    {
        var names = ExceptionNames.Of(((IFlow)Fail(() => new IOException()).Catch<IOException>(Handled)).Node, PayloadSerializer.Default);
        var thrown = new FileNotFoundException("gone");
        names.NameOf(thrown).ShouldBe("IOException");
        JsonValue.Parse(TaskOutcome.FunctionError(thrown, names.NameOf(thrown)).Cause!)["exceptionType"].ShouldBe("System.IO.FileNotFoundException");
    }

    [Fact]
    public void A_catch_that_is_never_reached_is_refused() =>
#pragma warning disable ORK017 // The mistake that compilation refuses where the analyzer is off.
        Should.Throw<WorkflowException>(() => TestWorkflow.Of(Fail(() => new IOException()).Catch<IOException>(Handled).Catch<FileNotFoundException>(Outer)).Compile())
#pragma warning restore ORK017
            .Message.ShouldContain("catches FileNotFoundException after IOException, which already handles it");

    [Fact]
    public async Task A_handler_can_see_the_input()
    {
        Step<int, string> divide = new(number => $"{10 / number}") { Name = "Divide" };
        Step<Caught<int>, string> explain = new(caught => $"{caught.Failure.Error} of {caught.Input}") { Name = "Explain" };
        (await TestWorkflow.Of(divide.Catch<ArithmeticException>(explain)).RunAsync(0)).ShouldBe("ArithmeticException of 0");
        (await TestWorkflow.Of(divide.Catch<ArithmeticException>(Flow.Input<Caught<int>>().Select(caught => caught.Failure.Message + caught.Input))).RunAsync(0)).ShouldBe("Attempted to divide by zero.0");
    }

    [Fact]
    public async Task Try_guards_a_whole_chain()
    {
        Step<string, string> next = new(text => text) { Name = "Next" };
        (await Run(Workflow.Try(Fail(() => new IOException()) >> next).Catch<IOException>(Handled))).ShouldBe("caught IOException");
        await Should.ThrowAsync<WorkflowFailedException>(() => Run(Fail(() => new IOException()) >> next.Catch<IOException>(Handled)));
    }

    [Fact]
    public async Task A_captured_error_can_be_thrown_again()
    {
        (await Run(Workflow.Try(Fail(() => new IOException("gone")).Capture().Rethrow()).Catch<IOException>(Handled))).ShouldBe("caught IOException");
        (await Run(new Step<Nothing, string>(_ => "fine") { Name = "Fine" }.Capture().Rethrow())).ShouldBe("fine");
        var failed = await TestWorkflow.Of(Fail(() => new IOException("gone")).Capture().Rethrow()).ExecuteAsync();
        failed.Execution.Error.ShouldBe("IOException");
        new Failure("", failed.Execution.Cause).Message.ShouldBe("gone");
        Step<Failure, Failure> log = new(failure => failure) { Name = "Log" };
        (await TestWorkflow.Of(Fail(() => new IOException("gone")).Catch<IOException>(log >> Flow.Rethrow<string>())).ExecuteAsync()).Execution.Error.ShouldBe("IOException");
    }

    [Fact]
    public async Task The_errors_of_an_array_can_be_thrown_again()
    {
        Step<int, int> half = new(number => number % 2 == 0 ? number / 2 : throw new FormatException($"{number} is odd")) { Name = "Half" };
        var flow = half.MapOutcomes().Rethrow();
        (await TestWorkflow.Of(flow).RunAsync([2, 4])).ShouldBe([1, 2]);
        (await TestWorkflow.Of(flow).RunAsync([2])).ShouldBe([1]);
        (await TestWorkflow.Of(flow).RunAsync([])).ShouldBe([]);
        var failed = await TestWorkflow.Of(flow).ExecuteAsync(JsonValue.Parse("[2,3,5]"));
        failed.Execution.Error.ShouldBe("FormatException");
        new Failure("", failed.Execution.Cause).Message.ShouldBe("3 is odd");
    }

    [Fact]
    public async Task A_flow_repeats_while_a_condition_holds()
    {
        Step<int, int> twice = new(number => number * 2) { Name = "Twice" };
        (await TestWorkflow.Of(twice.RepeatWhile(number => number < 100)).RunAsync(3)).ShouldBe(192);
        Step<int, int> increment = new(number => number + 1) { Name = "Increment" };
        var (value, _) = await TestWorkflow.Of(Flow.Input<int>() >> ((twice >> increment).RepeatWhile(number => number < 10), increment)).RunAsync(1);
        value.Value.ShouldBe(15);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("plain", "plain")]
    [InlineData("{\"errorType\":\"X\",\"errorMessage\":\"gone\"}", "gone")]
    [InlineData("{\"errorType\":\"X\"}", "{\"errorType\":\"X\"}")]
    public async Task The_message_of_a_failure_works_in_expressions(string? cause, string message)
    {
        var flow = Flow.Input<Failure>().Select(failure => failure.Message);
        (await TestWorkflow.Of(flow).RunAsync(new Failure("E", cause))).ShouldBe(message);
        new Failure("E", cause).Message.ShouldBe(message);
    }

    public sealed class RefusedException : Exception;

    public static class Other
    {
        public sealed class RefusedException : Exception;
    }
}
