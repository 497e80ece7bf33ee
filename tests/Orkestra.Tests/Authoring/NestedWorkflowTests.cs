using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Testing;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring;

/// <summary>Workflows as steps of others: payloads, errors, recursion, and where they run.</summary>
public sealed class NestedWorkflowTests
{
    static readonly Step<string, string> Shout = new(text => text.Length == 0 ? throw new FormatException("nothing to say") : text.ToUpperInvariant());

    static readonly Step<int, int> Decrement = new(number => number - 1);

    sealed class Loud : Workflow<string, string>
    {
        public override Flow<string, string> Define() => Shout;
    }

    sealed class Sum : Workflow<int[], int>
    {
        static readonly Step<int[], int> Add = new(numbers => numbers.Sum());

        public override Flow<int[], int> Define() => Add;
    }

    sealed class Silent : Workflow<Nothing, int>
    {
        static readonly Step<Nothing, int> Seven = new(_ => 7);

        public override Flow<Nothing, int> Define() => Seven;
    }

    sealed class Suffixed(string suffix) : Workflow<string, string>
    {
        public int Times { get; init; } = 1;

        public override Flow<string, string> Define() => Shout.Select(text => text + suffix);
    }

    [Fact]
    public void Two_workflows_of_one_class_need_two_names()
    {
        static string Refusal(Workflow workflow) => Should.Throw<WorkflowException>(() => workflow.Compile()).Message;
        Refusal(TestWorkflow.Of(new Suffixed("-eu").AsStep() >> new Suffixed("-us").AsStep()))
            .ShouldBe("'Suffixed' stands for two workflows of the class Suffixed, whose 'suffix' is '-eu' and '-us': override Name so that it differs, too.");
        Refusal(TestWorkflow.Of(new Suffixed("-eu").AsStep() >> new Suffixed("-eu") { Times = 2 }.AsStep()))
            .ShouldBe("'Suffixed' stands for two workflows of the class Suffixed, whose 'Times' is '1' and '2': override Name so that it differs, too.");
        TestWorkflow.Of(new Suffixed("-eu").AsStep() >> new Suffixed("-eu").AsStep()).Compile().Workflows.ShouldHaveSingleItem();
    }

    /// <summary>Counts down by starting itself again.</summary>
    sealed class Countdown : Workflow<int, int>
    {
        public override Flow<int, int> Define() => Decrement.When(number => number > 0, AsStep());
    }

    sealed class Ping : Workflow<int, string>
    {
        static readonly Step<int, string> End = new(number => $"ping {number}");

        public override Flow<int, string> Define() => Decrement.When(number => number > 0, new Pong().AsStep(), End);
    }

    sealed class Pong : Workflow<int, string>
    {
        static readonly Step<int, string> End = new(number => $"pong {number}");

        public override Flow<int, string> Define() => Decrement.When(number => number > 0, new Ping().AsStep(), End);
    }

    [Fact]
    public void A_workflow_that_always_starts_itself_is_refused()
    {
        static string Refusal(Workflow workflow) => Should.Throw<WorkflowException>(() => workflow.Compile()).Message;
        Refusal(new Endless()).ShouldBe("The workflow Endless starts itself on every path, so that executions would start executions without end. Start it behind a condition, with .When(…, …), or remove it.");
        Refusal(new There()).ShouldContain("starts itself through Back on every path");
        new Countdown().Compile().StartsItself.ShouldBeTrue();
        new Ping().Compile().ShouldNotBeNull();
        new Ending().Compile().ShouldNotBeNull();
    }

#pragma warning disable ORK020 // The compilation finds them, too.
    sealed class Endless : Workflow<int, string>
    {
        public override Flow<int, string> Define() => Decrement >> new Endless().AsDetachedStep();
    }

    sealed class There : Workflow<int, int>
    {
        public override Flow<int, int> Define() => Decrement >> new Back().AsStep();
    }

    sealed class Back : Workflow<int, int>
    {
        public override Flow<int, int> Define() => Decrement >> new There().AsStep();
    }
#pragma warning restore ORK020

    sealed class Ending : Workflow<int, int>
    {
        public override Flow<int, int> Define() => Decrement.When(number => number < 0, Flow.Succeed<int, int>()) >> new Ending().AsStep();
    }

    sealed class Slow : Workflow<Nothing, int>
    {
        static readonly Step<Nothing, int> Seven = new(_ => 7);

        public override Flow<Nothing, int> Define() => Flow.Input<Nothing>() >> Wait.For(TimeSpan.FromHours(2)) >> Seven;
    }

    [Theory]
    [InlineData("hello \"you\"")]
    [InlineData("{\"a\":1}")]
    [InlineData("7")]
    public async Task A_text_arrives_as_it_is(string text) => (await TestWorkflow.Of(new Loud().AsStep()).RunAsync(text)).ShouldBe(text.ToUpperInvariant());

    [Fact]
    public async Task Arrays_and_nothing_arrive()
    {
        (await TestWorkflow.Of(new Sum().AsStep()).RunAsync([1, 2, 3])).ShouldBe(6);
        (await TestWorkflow.Of(new Sum().AsStep()).RunAsync([1])).ShouldBe(1);
        (await TestWorkflow.Of(new Sum().AsStep()).RunAsync([])).ShouldBe(0);
        (await TestWorkflow.Of(new Silent().AsStep()).RunAsync()).ShouldBe(7);
        (await TestWorkflow.Of(new Slow().AsStep()).RunAsync(OrkestraOptions.SkippingTime)).ShouldBe(7);
    }

    [Fact]
    public async Task Its_error_is_the_error_of_the_step()
    {
        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => TestWorkflow.Of(new Loud().AsStep()).RunAsync(""));
        failed.Result.Execution.Error.ShouldBe("FormatException");
        failed.InnerException.ShouldBeOfType<FormatException>().Message.ShouldBe("nothing to say");
        (await TestWorkflow.Of(new Loud().AsStep().Catch<FormatException>((text, error) => $"{text}{error.Message}")).RunAsync("")).ShouldBe("nothing to say");
        (await TestWorkflow.Of(new Loud().AsStep().Capture().Select(outcome => outcome.Error ?? "none")).RunAsync("")).ShouldBe("FormatException");
    }

    [Fact]
    public async Task It_can_time_out()
    {
        var flow = new Slow().AsStep().Catch<TimeoutException>((_, _) => -1).Timeout(TimeSpan.FromHours(1));
        (await TestWorkflow.Of(flow).RunAsync(OrkestraOptions.SkippingTime)).ShouldBe(-1);
    }

    [Fact]
    public async Task A_workflow_can_start_itself_and_others_that_start_it()
    {
        (await new Countdown().RunAsync(5)).ShouldBe(0);
        (await new Ping().RunAsync(3)).ShouldBe("ping 0");
        (await new Ping().RunAsync(4)).ShouldBe("pong 0");
        (await new WorkflowTest(new Countdown()).RunAsync(3)).ShouldSucceedWith(0);
        (await new WorkflowTest(new Ping()).RunAsync(3)).ShouldSucceedWith("ping 0");
        var task = (TaskState)new Countdown().Compile().Document.States["Countdown"];
        task.Arguments!["StateMachineArn"].ShouldBe("{% $states.context.StateMachine.Id %}");
        new Ping().Compile().Workflows.Keys.ShouldBe(["Pong"]);
    }

    [Fact]
    public async Task A_runtime_registers_what_a_workflow_starts()
    {
        await using var runtime = new OrkestraRuntime();
        runtime.Register(new Ping());
        runtime.StateMachines.All.Select(machine => machine.Identity.Name).ShouldBe(["Ping", "Pong"], ignoreOrder: true);
        var execution = await runtime.StartAsync("Ping", 4);
        (await execution.Completion).Output.ShouldBe(JsonString.Create("pong 0"));
    }

    [Fact]
    public async Task What_is_registered_already_stays_when_a_workflow_that_starts_it_is_registered()
    {
        await using var runtime = new OrkestraRuntime();
        var known = runtime.StateMachines.Add(new Pong().Compile());
        var before = runtime.StateMachines.Find("Ping").ShouldNotBeNull();
        runtime.StateMachines.Add(new Ping().Compile()).ShouldNotBeSameAs(before);
        runtime.StateMachines.Find("Pong").ShouldBeSameAs(known);
        runtime.StateMachines.All.Count.ShouldBe(2);
    }

    [Fact]
    public void Types_and_names_are_checked()
    {
        Step<Nothing, Crate> pack = new(_ => new Crate("A", 3)) { Name = "Pack" };
        Refused(pack.As<Box>() >> new Store().AsStep()).ShouldContain("Workflow 'Store' reads Box, but the payload from step 'Pack' doesn't fit");
        Step<string, string> loud = new(text => text) { Name = "Loud" };
        Refused(loud >> new Loud().AsStep()).ShouldContain("The step 'Loud' has the name of the workflow Loud that the flow starts");
    }

    static string Refused<TIn, TOut>(Flow<TIn, TOut> flow) => Should.Throw<WorkflowException>(() => TestWorkflow.Of(flow).Compile()).Message;

    public sealed record Crate(string Name, int Weight);

    public sealed record Box(string Name);

    sealed class Store : Workflow<Box, string>
    {
        static readonly Step<Box, string> Put = new(box => box.Name);

        public override Flow<Box, string> Define() => Put;
    }
}
