using Amazon.CDK;
using Amazon.CDK.Assertions;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.StepFunctions;
using Orkestra.Asl;
using Orkestra.Authoring;
using Shouldly;
using StateMachineType = Amazon.CDK.AWS.StepFunctions.StateMachineType;

namespace Orkestra.Cdk.Tests;

public class WorkflowStateMachineTests : CdkTest
{
    [Fact]
    public void A_workflow_is_a_state_machine_with_a_function_for_each_step()
    {
        var machine = new Orders().StateMachine(Stack);

        Template.ResourceCountIs("AWS::StepFunctions::StateMachine", 1);
        Template.ResourceCountIs("AWS::Lambda::Function", 2);
        Template.HasResourceProperties("AWS::StepFunctions::StateMachine", new Dictionary<string, object> { ["StateMachineType"] = "STANDARD" });
        machine.Functions.Keys.ShouldBe(["Count", "Tell"]);
    }

    [Fact]
    public void The_definition_string_is_the_document_byte_for_byte_in_any_partition()
    {
        var machine = new Orders().StateMachine(Stack);

        var text = (string?)Synthesised().Only("AWS::StepFunctions::StateMachine")["DefinitionString"];
        text.ShouldBe(machine.DefinitionText);
        text!.Replace("${AWS::Partition}", "aws", StringComparison.Ordinal).ShouldBe(AslWriter.Write(new Orders().Compile().Document));
    }

    [Fact]
    public void Versions_are_called_and_kept_and_older_ones_stay_callable()
    {
        new Orders().StateMachine(Stack);

        var template = Synthesised();
        template.Only("AWS::StepFunctions::StateMachine")["DefinitionSubstitutions"]!["Count"].ToText().ShouldStartWith("""{"Ref":"OrdersCountFunctionCurrentVersion""");
        template.All("AWS::Lambda::Version").Count.ShouldBe(2);
        template.Root["Resources"]!.AsObject().Where(resource => (string?)resource.Value!["Type"] == "AWS::Lambda::Version")
            .ShouldAllBe(resource => (string?)resource.Value!["DeletionPolicy"] == "Retain");
        template.Named("OrdersRoleDefaultPolicy").ToText().ShouldContain("""{"Fn::Join":["",[{"Fn::GetAtt":["OrdersCountFunction2C5D94C1","Arn"]},":*"]]}""");
    }

    [Fact]
    public void Without_versions_the_role_may_call_the_functions_by_their_names_alone()
    {
        new Orders().StateMachine(Stack, new() { Versions = false, Logs = new LogOptions { Level = LogLevel.OFF } });

        var template = Synthesised();
        template.All("AWS::Lambda::Version").ShouldBeEmpty();
        template.Only("AWS::IAM::Policy").ToText().ShouldNotContain("*");
        template.Only("AWS::StepFunctions::StateMachine")["DefinitionSubstitutions"].ToText()
            .ShouldBe("""{"Count":{"Fn::GetAtt":["OrdersCountFunction2C5D94C1","Arn"]},"Tell":{"Fn::GetAtt":["OrdersTellFunction62FBD4B5","Arn"]},"AWS::Partition":{"Ref":"AWS::Partition"}}""");
    }

    [Fact]
    public void An_alias_is_on_a_published_version_of_the_state_machine()
    {
        var machine = new Orders().StateMachine(Stack, new() { Alias = "live" });

        var template = Synthesised();
        template.Only("AWS::StepFunctions::StateMachineAlias")["Name"].ShouldBeText("live");
        template.Only("AWS::StepFunctions::StateMachineVersion")["StateMachineRevisionId"].ToText().ShouldContain("StateMachineRevisionId");
        machine.StartArn.ShouldNotBe(machine.StateMachineArn);
    }

    [Fact]
    public void Observability_is_one_switch()
    {
        new Orders().StateMachine(Stack, new() { Observability = true });

        var template = Synthesised();
        template.Only("AWS::StepFunctions::StateMachine")["TracingConfiguration"].ToText().ShouldBe("""{"Enabled":true}""");
        foreach (var function in template.All("AWS::Lambda::Function"))
        {
            function["TracingConfig"].ToText().ShouldBe("""{"Mode":"Active"}""");
            function["Environment"]!["Variables"]!["ORKESTRA_OBSERVABILITY"].ShouldBeText("true");
        }
    }

    [Fact]
    public void An_express_state_machine_logs_everything()
    {
        new Orders().StateMachine(Stack, new() { StateMachineType = StateMachineType.EXPRESS });

        var machine = Synthesised().Only("AWS::StepFunctions::StateMachine");
        machine["StateMachineType"].ShouldBeText("EXPRESS");
        machine["LoggingConfiguration"]!["Level"].ShouldBeText("ALL");
    }

    [Fact]
    public void Props_pass_through()
    {
        var role = new Role(Stack, "Mine", new RoleProps { AssumedBy = new ServicePrincipal("states.amazonaws.com") });
        var logs = new LogGroup(Stack, "MyLogs");
        new Orders().StateMachine(Stack, new()
        {
            Id = "Machine",
            StateMachineName = "orders",
            Role = role,
            Logs = new LogOptions { Destination = logs, Level = LogLevel.FATAL },
            RemovalPolicy = RemovalPolicy.RETAIN,
            Configure = props => props.TracingEnabled = true,
        });

        var template = Synthesised();
        var machine = template.Only("AWS::StepFunctions::StateMachine");
        machine["StateMachineName"].ShouldBeText("orders");
        machine["RoleArn"].ToText().ShouldContain("Mine");
        machine["LoggingConfiguration"]!["Level"].ShouldBeText("FATAL");
        machine["TracingConfiguration"].ToText().ShouldBe("""{"Enabled":true}""");
        template.Resource("Machine")["DeletionPolicy"].ShouldBeText("Retain");
        template.Named("MineDefaultPolicy").ToText().ShouldContain("lambda:InvokeFunction");
    }

    [Fact]
    public void Function_props_come_from_the_step_then_from_all_and_from_one_before_both()
    {
        new Orders().StateMachine(Stack, new()
        {
            Functions = new() { MemorySize = 2048, Timeout = Duration.Seconds(90), Environment = new Dictionary<string, string> { ["UNIT"] = "all", ["STAGE"] = "test" } },
            FunctionFor = step => step == Orders.Tell ? new() { ReservedConcurrentExecutions = 5 } : null,
        });

        var template = Synthesised();
        var count = template.Named("OrdersCountFunction");
        var tell = template.Named("OrdersTellFunction");
        ((int)count["MemorySize"]!, (int)count["Timeout"]!).ShouldBe((256, 90));
        ((int)tell["MemorySize"]!, (int)tell["Timeout"]!).ShouldBe((2048, 6));
        count["ReservedConcurrentExecutions"].ShouldBeNull();
        ((int)tell["ReservedConcurrentExecutions"]!).ShouldBe(5);
        tell["Environment"]!["Variables"].ToText().ShouldBe("""{"ORKESTRA_STEP":"Tell","STAGE":"test","UNIT":"orders"}""");
    }

    [Fact]
    public void Two_workflows_in_a_stack_have_functions_of_their_own_and_share_the_asset()
    {
        new Orders().StateMachine(Stack);
        new Counting().StateMachine(Stack);

        Synthesised().All("AWS::Lambda::Function").Select(function => function["Code"].ToText()).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void Two_state_machines_of_a_stack_cannot_have_one_name()
    {
        new Orders().StateMachine(Stack, new() { StateMachineName = "shop" });
        Should.Throw<SynthesisException>(() => new Counting().StateMachine(Stack, new() { StateMachineName = "shop" }))
            .Message.ShouldBe("The state machines Test/Orders and Test/Counting both have the name 'shop': set another StateMachineName for one of them, or leave it out.");
    }

    [Fact]
    public void One_function_name_for_all_steps_is_one_sentence() =>
        Should.Throw<SynthesisException>(() => new Orders().StateMachine(Stack, new() { Functions = new() { FunctionName = "shop" } }))
            .Message.ShouldBe("Functions has the FunctionName 'shop', but each step has a function of its own: leave it out, or set FunctionFor = step => new StepFunctionProps { FunctionName = $\"shop-{step.Name}\" }.");

    [Fact]
    public void An_express_state_machine_cannot_wait_for_an_hour() =>
        Should.Throw<SynthesisException>(() => new Patient().StateMachine(Stack, new() { StateMachineType = Amazon.CDK.AWS.StepFunctions.StateMachineType.EXPRESS }))
            .Message.ShouldBe("'Wait' of Patient waits for 01:00:00, but an Express execution ends after five minutes: deploy a Standard state machine, or wait for a shorter time.");

    sealed class Patient : Workflow<int, int>
    {
        static readonly Orkestra.Authoring.Step<int, int> One = new(number => number + 1);

        public override Flow<int, int> Define() => One >> Orkestra.Authoring.Wait.For(TimeSpan.FromHours(1)) >> One.When(number => number > 3, One);
    }

    [Fact]
    public void A_workflow_that_is_not_defined_well_says_so_when_it_is_synthesised() =>
        Should.Throw<WorkflowException>(() => new Nowhere().StateMachine(Stack)).Message.ShouldStartWith("The workflow Nowhere is empty");

    sealed class Nowhere : Workflow<int, int>
    {
        public override Flow<int, int> Define() => Flow.Input<int>();
    }
}
