using Orkestra.Asl;
using Orkestra.Authoring;
using Shouldly;

namespace Orkestra.Cdk.Tests;

/// <summary>Workflows that start others: what is deployed, and what each may do.</summary>
public class NestedStateMachineTests : CdkTest
{
    sealed class Outer : Workflow<Nothing, string>
    {
        public override Flow<Nothing, string> Define() => new Orders().AsStep();
    }

    sealed class Starter : Workflow<Nothing, string>
    {
        public override Flow<Nothing, string> Define() => new Orders().AsDetachedStep();
    }

    sealed class Again : Workflow<int, int>
    {
        static readonly Step<int, int> Decrement = new(number => number - 1);

        public override Flow<int, int> Define() => Decrement.When(number => number > 0, AsStep());
    }

    internal sealed class Ping : Workflow<int, int>
    {
        static readonly Step<int, int> Decrement = new(number => number - 1);

        public override Flow<int, int> Define() => Decrement.When(number => number > 0, new Pong().AsStep());
    }

    internal sealed class Pong : Workflow<int, int>
    {
        static readonly Step<int, int> Decrement = new(number => number - 1);

        public override Flow<int, int> Define() => Decrement.When(number => number > 0, new Ping().AsStep());
    }

    [Fact]
    public void The_other_workflow_is_deployed_with_it_and_may_be_awaited()
    {
        var machine = new Outer().StateMachine(Stack);

        machine.StateMachines.Keys.ShouldBe(["Orders"]);
        Template.ResourceCountIs("AWS::StepFunctions::StateMachine", 2);
        Template.ResourceCountIs("AWS::Lambda::Function", 2);
        var template = Synthesised();
        template.Named("Outer")["DefinitionSubstitutions"]!["Orders"].ToText().ShouldStartWith("""{"Ref":"OuterOrders""");
        ((string?)template.Named("Outer")["DefinitionString"]).ShouldBe(AslWriter.Write(new Outer().Compile().Document).Replace("arn:aws:states:", "arn:${AWS::Partition}:states:", StringComparison.Ordinal));
        var policy = template.Named("OuterRoleDefaultPolicy").ToText();
        policy.ShouldContain("states:StartExecution");
        policy.ShouldContain("""["states:DescribeExecution","states:StopExecution"]""");
        policy.ShouldContain("""["events:PutTargets","events:PutRule","events:DescribeRule"]""");
        policy.ShouldContain(":rule/StepFunctionsGetEventsForStepFunctionsExecutionRule");
    }

    [Fact]
    public void One_that_is_only_started_may_only_be_started()
    {
        new Starter().StateMachine(Stack);

        var policy = Synthesised().Named("StarterRoleDefaultPolicy").ToText();
        policy.ShouldContain("states:StartExecution");
        policy.ShouldNotContain("states:DescribeExecution");
        policy.ShouldNotContain("events:PutRule");
    }

    [Fact]
    public void One_that_is_deployed_elsewhere_is_given()
    {
        var orders = new Orders().StateMachine(Stack);
        var machine = new Outer().StateMachine(Stack, new() { StateMachineFor = _ => orders });

        machine.StateMachines["Orders"].ShouldBe(orders);
        Template.ResourceCountIs("AWS::StepFunctions::StateMachine", 2);
    }

    [Fact]
    public void A_workflow_that_starts_itself_has_a_policy_of_its_own_for_it()
    {
        new Again().StateMachine(Stack);

        Template.ResourceCountIs("AWS::StepFunctions::StateMachine", 1);
        var policy = Synthesised().Named("AgainStartItselfPolicy").ToText();
        policy.ShouldContain("states:StartExecution");
        policy.ShouldContain("states:StopExecution");
    }

    [Fact]
    public void Workflows_that_start_each_other_are_refused_with_the_way_out() =>
        Should.Throw<SynthesisException>(() => new Ping().StateMachine(Stack)).Message.ShouldContain("The workflows Ping and Pong start each other");
}
