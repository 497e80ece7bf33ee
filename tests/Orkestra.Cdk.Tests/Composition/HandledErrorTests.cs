using Amazon.CDK.AWS.StepFunctions;
using Orkestra.Asl;
using Orkestra.Authoring;
using Shouldly;
using StateMachine = Orkestra.Asl.StateMachine;
using StateMachineProps = Amazon.CDK.AWS.StepFunctions.StateMachineProps;

namespace Orkestra.Cdk.Tests.Composition;

/// <summary>What a chain of CDK states keeps of catches, failures and ends that CDK knows less of.</summary>
public sealed class HandledErrorTests : CdkTest
{
    static readonly Step<string, string> Charge = new(id => id);
    static readonly Step<string, string> Shout = new(text => text.ToUpperInvariant());
    static readonly Step<string, Nothing> Audit = new(_ => default);

    sealed class Charging : Workflow<string, string>
    {
        public override Flow<string, string> Define() => Charge.Catch<InvalidOperationException>((id, error) => id + error.Message) >> Shout;
    }

    sealed class Lost : Workflow<string, string>
    {
        public override Flow<string, string> Define() => Charge >> Flow.Fail<string, string>(id => new InvalidOperationException($"Order {id} is lost"));
    }

    sealed class Audited : Workflow<string, string>
    {
        public override Flow<string, string> Define() => Charge.Finally(Audit) >> Shout;
    }

    sealed class Put : Workflow<string, Nothing>
    {
        public override Flow<string, Nothing> Define() => Flow.Input<string>().Select(id => new Dictionary<string, string> { { "id", id } }) >> Orkestra.Authoring.Services.DynamoDb.Put<Dictionary<string, string>>("${Orders}").As<Nothing>();
    }

    [Fact]
    public void What_a_handler_gives_goes_on()
    {
        var charge = (TaskState)Deploy(new Charging()).States["Charge"];
        var authored = ((TaskState)new Charging().Compile().Document.States["Charge"]).Catch;
        charge.Catch.Select(static catcher => (string.Join(',', catcher.ErrorEquals), catcher.Next, catcher.Output?.ToJson(), catcher.Assign?.ToJson()))
            .ShouldBe(authored.Select(static catcher => (string.Join(',', catcher.ErrorEquals), catcher.Next, catcher.Output?.ToJson(), catcher.Assign?.ToJson())));
        charge.Catch[0].Output.ShouldNotBeNull();
    }

    [Fact]
    public void The_expressions_of_a_failure_are_JSONata()
    {
        var fail = Deploy(new Lost()).States.Values.OfType<FailState>().ShouldHaveSingleItem();
        fail.QueryLanguage.ShouldBe(QueryLanguage.JSONata);
        fail.Cause.ShouldBe(new Lost().Compile().Document.States.Values.OfType<FailState>().Single().Cause);
        fail.End.ShouldBeNull();
    }

    [Fact]
    public void What_runs_at_last_keeps_the_outcome()
    {
        var deployed = Deploy(new Audited());
        var authored = new Audited().Compile().Document;
        foreach (var (name, state) in authored.States)
        {
            deployed.States[name].Assign?.ToJson().ShouldBe(state.Assign?.ToJson());
            if (state is FallibleState { Catch: var catchers }) ((FallibleState)deployed.States[name]).Catch.Select(static one => one.Assign?.ToJson()).ShouldBe(catchers.Select(static one => one.Assign?.ToJson()));
        }
    }

    [Fact]
    public void A_placeholder_that_nothing_fills_in_is_refused() =>
        Should.Throw<SynthesisException>(() => new Put().Definition(Stack)).Message.ShouldStartWith("Put refers to ${Orders}, and nothing says what that is");

    StateMachine Deploy(Orkestra.Authoring.Workflow workflow)
    {
        var machine = new Amazon.CDK.AWS.StepFunctions.StateMachine(Stack, "Machine", new StateMachineProps { DefinitionBody = DefinitionBody.FromChainable(workflow.Definition(Stack)) });
        var rendered = Stack.Resolve(((CfnStateMachine)machine.Node.DefaultChild!).DefinitionString!);
        var text = rendered as string ?? string.Concat(Newtonsoft.Json.Linq.JToken.FromObject(rendered)["Fn::Join"]![1]!.Select(static part => part.Type == Newtonsoft.Json.Linq.JTokenType.String ? (string?)part : "aws"));
        var result = AslReader.Read(text);
        result.Diagnostics.ShouldBeEmpty();
        return result.GetDocument();
    }
}
