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

    internal sealed class Keeping : Workflow<string, Nothing>
    {
        public override Flow<string, Nothing> Define() =>
            Flow.Input<string>().Select(id => new Dictionary<string, string> { { "id", id } }) >> Orkestra.Authoring.Services.DynamoDb.Put<Dictionary<string, string>>("${Kept}").As<Nothing>();
    }

    internal sealed class Keeper : Workflow<string, Nothing>
    {
        public override Flow<string, Nothing> Define() => new Keeping().AsStep();
    }

    [Fact]
    public void What_placeholders_stand_for_holds_for_the_other_workflow_too()
    {
        var machine = new Keeper().StateMachine(Stack, new() { Substitutions = new Dictionary<string, string> { ["Kept"] = "kept-orders" } });
        machine.StateMachines.Keys.ShouldBe(["Keeping"]);
        Synthesised().Named("KeeperKeeping")["DefinitionSubstitutions"]!["Kept"].ShouldBeText("kept-orders");
    }

    [Fact]
    public void A_placeholder_that_is_never_filled_in_is_refused() =>
        Should.Throw<SynthesisException>(() => new Dashed().StateMachine(Stack, new() { Substitutions = new Dictionary<string, string> { ["Kept-Orders"] = "x" } })).Message
            .ShouldBe("Dashed refers to ${Kept-Orders}, which isn't filled in when it is deployed: the name of a placeholder has letters, digits and underscores only, such as ${KeptOrders}.");

    sealed class Dashed : Workflow<string, Nothing>
    {
        public override Flow<string, Nothing> Define() =>
            Flow.Input<string>().Select(id => new Dictionary<string, string> { { "id", id } }) >> Orkestra.Authoring.Services.DynamoDb.Put<Dictionary<string, string>>("${Kept-Orders}").As<Nothing>();
    }

    [Fact]
    public void A_workflow_that_is_deployed_twice_is_one_sentence()
    {
        new Orders().StateMachine(Stack);
        Should.Throw<SynthesisException>(() => new Orders().StateMachine(Stack)).Message
            .ShouldBe("Orders can't be deployed as 'Orders', because Test already has a construct with this id: set WorkflowProps.Id to another one, or override Name if it is the name of another workflow too.");
    }

    [Fact]
    public void A_state_machine_that_is_given_has_to_be_the_one_that_is_started()
    {
        var rendering = new Rendering().StateMachine(Stack);
        Should.Throw<SynthesisException>(() => new Outer().StateMachine(Stack, new() { StateMachineFor = _ => rendering })).Message
            .ShouldBe("StateMachineFor gives the state machine of Rendering for Orders, which Outer starts: give the one of Orders, or null to deploy it.");
    }

    [Fact]
    public void An_Express_workflow_cannot_be_waited_for()
    {
        var orders = new Orders().StateMachine(Stack, new() { StateMachineType = Amazon.CDK.AWS.StepFunctions.StateMachineType.EXPRESS });
        Should.Throw<SynthesisException>(() => new Outer().StateMachine(Stack, new() { StateMachineFor = _ => orders })).Message
            .ShouldBe("Outer waits for Test/Orders, which is an Express workflow, and only a Standard one can be waited for: deploy it as Standard, or start it with .AsDetachedStep().");
        new Starter().StateMachine(Stack, new() { StateMachineFor = _ => orders }).StateMachines["Orders"].ShouldBeSameAs(orders);
    }

    [Fact]
    public void Names_that_can_not_be_deployed_are_one_sentence()
    {
        Should.Throw<SynthesisException>(() => new Orders().StateMachine(Stack, new() { Id = "A", Alias = "live version" })).Message
            .ShouldBe("The alias of Orders is 'live version': an alias has 1 to 80 letters, digits, hyphens, underscores and dots, and isn't a number.");
        Should.Throw<SynthesisException>(() => new Orders().StateMachine(Stack, new() { Id = "B", Configure = props => props.StateMachineType = Amazon.CDK.AWS.StepFunctions.StateMachineType.EXPRESS })).Message
            .ShouldBe("Configure makes Orders an Express workflow: set WorkflowProps.StateMachineType instead, so that what Express doesn't allow is found.");
        Should.Throw<SynthesisException>(() => new Orders().StateMachine(Stack, new() { Id = "C", FunctionFor = _ => new StepFunctionProps { FunctionName = "orders" } })).Message
            .ShouldBe("The functions Test/C/CountFunction and Test/C/TellFunction both have the name 'orders': set another FunctionName for one of them, or leave it out.");
        Should.Throw<SynthesisException>(() => new Orders().StateMachine(Stack, new() { Id = "D", FunctionFor = _ => new StepFunctionProps { Id = "One" } })).Message
            .ShouldBe("The functions of 'Count' and 'Tell' both have the id 'One' in the scope Test/D: give each its own Id, or none.");
        Should.Throw<SynthesisException>(() => new Orders().Definition(Stack, new() { Substitutions = new Dictionary<string, string> { ["Count"] = "x" } })).Message
            .ShouldBe("The step 'Count' has the name of something that Substitutions fills in: give the step another Name.");
    }

    sealed class Rendering : Workflow<int, int>
    {
        internal static readonly Step<int, int> Render = new(number => number) { Host = StepHost.Worker };

        public override Flow<int, int> Define() => Render;
    }

    [Fact]
    public void Two_activities_of_one_name_are_one_sentence()
    {
        new Rendering().StateMachine(Stack);
        Should.Throw<SynthesisException>(() => new Rendering().StateMachine(Stack, new() { Id = "Again" })).Message
            .ShouldBe("The activities Test/Rendering and Test/Again both have the name 'Rendering-Render': a worker takes the work of one activity, so deploy the workflow once, or override its Name in one of them.");
        Should.Throw<SynthesisException>(() => Rendering.Render.Task(Stack)).Message
            .ShouldBe("The step 'Render' runs in a worker, and a Task calls a function: compose the step itself with >>, or remove Host = StepHost.Worker.");
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
