using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.AWS.SQS;
using Amazon.CDK.AWS.StepFunctions;
using Amazon.CDK.AWS.StepFunctions.Tasks;
using Constructs;
using Orkestra.Asl;
using Orkestra.Asl.Choices;
using Orkestra.Authoring;
using Shouldly;
using StateMachine = Orkestra.Asl.StateMachine;
using Wait = Amazon.CDK.AWS.StepFunctions.Wait;

namespace Orkestra.Cdk.Tests.Composition;

public class CompositionTests : CdkTest
{
    static readonly Step<object?, int> Roll = new(_ => 4) { Description = "Rolls a die", Timeout = TimeSpan.FromSeconds(20), Retry = new RetryPolicy { MaxAttempts = 2 } };
    static readonly Step<int, int> Double = new(count => count * 2);
    static readonly Step<object?, string> Tell = new(_ => "told");

    Wait Pause => new(Stack, "Pause", new WaitProps { Time = WaitTime.Duration(Duration.Seconds(5)) });

    Succeed Done => new(Stack, "Done");

    [Fact]
    public void States_of_CDK_follow_each_other()
    {
        var definition = Deploy(Pause >> new Pass(Stack, "First") >> new Pass(Stack, "Second") >> Done);

        Walk(definition).ShouldBe(["Pause", "First", "Second", "Done"]);
    }

    [Fact]
    public void Tasks_of_steps_stand_between_states_of_CDK()
    {
        var definition = Deploy(Pause >> Roll.Task(Stack) >> Done);

        Walk(definition).ShouldBe(["Pause", "Roll", "Done"]);
        var roll = (TaskState)definition.States["Roll"];
        roll.Comment.ShouldBe("Rolls a die");
        roll.TimeoutSeconds!.ToJson().ShouldBe("20");
        roll.OutputPath.ToString().ShouldContain("$.Payload");
        roll.Retry.Count.ShouldBe(2);
        roll.Retry.ShouldContain(retrier => retrier.MaxAttempts == 2 && retrier.ErrorEquals.Contains("States.ALL"));
        var policy = Synthesised().Named("MachineRoleDefaultPolicy").ToText();
        policy.ShouldContain("RollFunctionCurrentVersion");
        policy.ShouldContain(":*");
    }

    [Fact]
    public void Steps_and_flows_stand_there_by_themselves_before_and_after()
    {
        var chain = Tell >> new Pass(Stack, "Between") >> Roll >> (Tell >> Roll >> Double) >> new Pass(Stack, "Last");

        Walk(Deploy(Pause >> chain)).ShouldBe(["Pause", "Tell", "Between", "Roll", "Tell 2", "Roll 2", "Double", "Last"]);
        Synthesised().All("AWS::Lambda::Function").Count.ShouldBe(3);
    }

    [Fact]
    public void A_flow_is_in_JSONata_among_states_that_are_not()
    {
        var definition = Deploy(Pause >> (Roll >> Double) >> Done);

        definition.QueryLanguage.ShouldBeNull();
        definition.States["Double"].QueryLanguage.ShouldBe(QueryLanguage.JSONata);
        ((TaskState)definition.States["Double"]).Arguments!["FunctionName"]!.ToJson().ShouldContain("DoubleFunctionCurrentVersion");
        Synthesised().Named("MachineRoleDefaultPolicy").ToText().ShouldContain("DoubleFunction");
    }

    [Fact]
    public void A_workflow_is_a_part_of_a_chain()
    {
        var definition = Deploy(Pause >> new Orders().Definition(Stack, new() { Versions = false }) >> Done);

        Walk(definition).ShouldBe(["Pause", "Count", "Tell", "Done"]);
        Synthesised().Named("CountFunction")["Environment"]!["Variables"]!["ORKESTRA_STEP"].ShouldBeText("Count");
    }

    [Fact]
    public void Ends_that_the_flow_has_without_a_state_go_on_with_the_chain()
    {
        var definition = Deploy(Pause >> Roll.Capture() >> Done);

        var roll = (TaskState)definition.States["Roll"];
        roll.Next.ShouldBe("Done");
        roll.Catch.ShouldHaveSingleItem().Next.ShouldBe("Roll failed");
        definition.States["Roll failed"].Next.ShouldBe("Done");
    }

    [Fact]
    public void A_choice_keeps_its_rules_and_leads_to_the_states_of_the_chain()
    {
        var flow = Roll.When(count => count > 3, Double, Flow.Input<int>());
        var definition = Deploy(Pause >> flow >> Done);

        var choice = definition.States.Values.OfType<ChoiceState>().ShouldHaveSingleItem();
        ((ConditionRule)choice.Choices.ShouldHaveSingleItem()).Condition.ToJson().ShouldContain("> 3");
        choice.Choices[0].Next.ShouldBe("Double");
        definition.States.Keys.ShouldContain(choice.Default!);
        definition.States["Double"].Next.ShouldBe("Done");
        choice.QueryLanguage.ShouldBe(QueryLanguage.JSONata);
    }

    [Fact]
    public void Lists_mix_states_steps_and_flows()
    {
        var definition = Deploy(Pause >> [new Pass(Stack, "Stay"), Tell, Roll >> Double] >> Done);

        var parallel = definition.States.Values.OfType<ParallelState>().ShouldHaveSingleItem();
        parallel.Branches.Select(branch => string.Join(",", branch.States.Keys)).ShouldBe(["Stay", "Tell", "Roll,Double"]);
        Walk(definition).ShouldBe(["Pause", "Stay + Tell + Roll", "Done"]);
    }

    [Fact]
    public void Tuples_capture_errors_in_the_shape_of_outcomes()
    {
        var definition = Deploy(Pause >> (new Pass(Stack, "Stay"), Tell) >> Done);

        var parallel = (ParallelState)definition.States["Stay + Tell"];
        var attempt = (ParallelState)parallel.Branches[0].States["Try Stay"];
        attempt.ResultSelector!.ToJson().ShouldBe("""{"Value.$":"$[0]"}""");
        attempt.Catch.ShouldHaveSingleItem().Next.ShouldBe("Stay failed");
        parallel.Branches[1].States["Tell"].Output!.ToJson().ShouldContain("Value");
    }

    [Fact]
    public void A_flow_comes_before_lists_and_tuples_of_states()
    {
        var chain = Tell >> [new Pass(Stack, "A"), new Pass(Stack, "B")] >> (Roll >> (new Pass(Stack, "C"), new Pass(Stack, "D")));

        Walk(Deploy(chain)).ShouldBe(["Tell", "A + B", "Roll", "C + D"]);
    }

    [Fact]
    public void Fragments_stand_before_and_after_all_others()
    {
        var chain = new Fragment(Stack, "F") >> new Pass(Stack, "One") >> new Fragment(Stack, "G") >> Roll >> [new Pass(Stack, "A"), Tell];

        Walk(Deploy(chain)).ShouldBe(["Enter F", "Leave F", "One", "Enter G", "Leave G", "Roll", "A + Tell"]);
        Walk(Deploy(new Fragment(Stack, "H") >> Tell, "Second")).ShouldBe(["Enter H", "Leave H", "Tell"]);
        Walk(Deploy(new Fragment(Stack, "I") >> [new Pass(Stack, "B"), Roll], "Third")).ShouldBe(["Enter I", "Leave I", "B + Roll"]);
        Walk(Deploy(new Fragment(Stack, "J") >> (new Pass(Stack, "C"), Roll), "Fourth")).ShouldBe(["Enter J", "Leave J", "C + Roll"]);
        Walk(Deploy(Tell >> new Fragment(Stack, "K"), "Fifth")).ShouldBe(["Tell 2", "Enter K", "Leave K"], "a step stands beside the fragment, where the name is taken");
    }

    [Fact]
    public void A_task_of_CDK_is_a_part_of_a_workflow()
    {
        var queue = new Queue(Stack, "Queue");
        var send = new SqsSendMessage(Stack, "Send", new SqsSendMessageProps { Queue = queue, MessageBody = TaskInput.FromJsonPathAt("$"), ResultPath = JsonPath.DISCARD });

        var machine = new Sending(send).StateMachine(Stack);

        var template = Synthesised();
        var deployed = template.Only("AWS::StepFunctions::StateMachine");
        var text = (string)deployed["DefinitionString"]!;
        text.ShouldBe(machine.DefinitionText);
        text.ShouldNotContain("arn:aws:");
        var definition = AslReader.Parse(text.Replace("${AWS::Partition}", "aws", StringComparison.Ordinal));
        definition.QueryLanguage.ShouldBe(QueryLanguage.JSONPath);
        Walk(definition).ShouldBe(["Roll", "Send", "Double"]);
        var task = (TaskState)definition.States["Send"];
        task.Resource.ShouldBe("arn:aws:states:::sqs:sendMessage");
        task.QueryLanguage.ShouldBe(QueryLanguage.JSONPath);
        definition.States["Roll"].QueryLanguage.ShouldBe(QueryLanguage.JSONata);
        deployed["DefinitionSubstitutions"]!.AsObject().Select(pair => pair.Key).ShouldBe(["AWS::Partition", "Double", "Queue4A7E3555", "Roll"], ignoreOrder: true);
        template.Named("SendingRoleDefaultPolicy").ToText().ShouldContain("sqs:SendMessage");
    }

    [Fact]
    public void Several_states_of_CDK_in_a_workflow_are_a_branch_of_their_own()
    {
        var chain = new Pass(Stack, "One") >> new Pass(Stack, "Two");

        new Sending(chain).StateMachine(Stack);

        var definition = AslReader.Parse((string)Synthesised().Only("AWS::StepFunctions::StateMachine")["DefinitionString"]!);
        ((ParallelState)definition.States["One states"]).Branches[0].States.Keys.ShouldBe(["One", "Two"]);
    }

    [Fact]
    public void A_step_used_twice_in_a_scope_has_one_function() =>
        Roll.Function(Stack).ShouldBeSameAs(Roll.Function(Stack));

    [Fact]
    public void Two_steps_with_one_name_in_a_scope_are_one_sentence()
    {
        Roll.Function(Stack);
        Should.Throw<SynthesisException>(() => new Step<int, int>(count => count, "Roll").Function(Stack))
            .Message.ShouldBe("Two different steps named 'Roll' are in the scope Test: give one of them another Name, an Id for its function, or another scope.");
    }

    StateMachine Deploy(Chain chain, string id = "Machine")
    {
        _ = new Amazon.CDK.AWS.StepFunctions.StateMachine(Stack, id, new StateMachineProps { DefinitionBody = DefinitionBody.FromChainable(chain) });
        var definition = new SynthesisedTemplate(File.ReadAllText(App.Synth(new StageSynthesisOptions { Force = true }).GetStackByName(Stack.StackName).TemplateFullPath)).Named(id)["DefinitionString"]!;
        return AslReader.Parse(definition is JsonObject join ? string.Concat(join["Fn::Join"]![1]!.AsArray().Select(Text)) : (string)definition!);
    }

    static string Text(JsonNode? part) => part is JsonObject intrinsic
        ? intrinsic["Ref"]?.ToString() ?? string.Concat(intrinsic["Fn::GetAtt"]!.AsArray().Select(name => (string)name!))
        : (string)part!;

    static List<string> Walk(StateMachine definition)
    {
        List<string> names = [];
        for (var name = definition.StartAt; name is not null; name = definition.States[name].Next) names.Add(name);
        return names;
    }

    sealed class Fragment : StateMachineFragment
    {
        readonly Pass enter;
        readonly Pass leave;

        public Fragment(Construct scope, string id)
            : base(scope, id)
        {
            enter = new(this, $"Enter {id}");
            leave = new(this, $"Leave {id}");
            enter.Next(leave);
        }

        public override Amazon.CDK.AWS.StepFunctions.State StartState => enter;

        public override INextable[] EndStates => [leave];
    }

    sealed class Sending(IChainable part) : Workflow<Nothing, int>
    {
        public override Flow<Nothing, int> Define() => Roll.From<Nothing>() >> part.AsFlow<int, int>() >> Double;
    }
}
