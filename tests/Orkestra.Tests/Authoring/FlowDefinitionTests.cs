using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Authoring.Schedules;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring;

/// <summary>Flows that are compiled by themselves, and states that were not authored.</summary>
public sealed class FlowDefinitionTests
{
    static readonly Step<int, int> AddOne = new(n => n + 1);
    static readonly Step<int, int> Double = new(n => n * 2);

    [Fact]
    public void A_flow_has_its_steps_and_states()
    {
        var flow = FlowDefinition.Compile(AddOne >> Double)!;
        flow.Steps.Keys.ShouldBe(["AddOne", "Double"]);
        flow.Document.States.Select(state => state.Key).ShouldBe(["AddOne", "Double"]);
        flow.Document.QueryLanguage.ShouldBe(QueryLanguage.JSONata);
        flow.Document.States["AddOne"].QueryLanguage.ShouldBeNull();
        flow.StatesNamingJsonata["AddOne"].QueryLanguage.ShouldBe(QueryLanguage.JSONata);
        flow.Sources.ShouldBeEmpty();
        flow.ToString().ShouldBe("AddOne >> Double");
        ((IFlow)(AddOne >> Double)).Label.ShouldBe("AddOne");
    }

    [Fact]
    public void A_flow_without_a_state_has_no_document() => FlowDefinition.Compile(Flow.Input<int>()).ShouldBeNull();

    [Fact]
    public void Errors_that_are_captured_are_caught()
    {
        FlowDefinition.Compile(AddOne)!.Document.States.Values.OfType<TaskState>().Single().Catch.ShouldBeEmpty();
        FlowDefinition.Compile(AddOne, capturesErrors: true)!.Document.States.Values.OfType<FallibleState>().ShouldContain(state => state.Catch.Count > 0);
    }

    [Fact]
    public void States_of_others_keep_their_source()
    {
        var source = new object();
        var given = AslReader.Read("""{"StartAt":"Notify","States":{"Notify":{"Type":"Pass","End":true}}}""").GetDocument();
        var workflow = TestWorkflow.Of(AddOne >> Flow.OfStates<int, int>("Notify", source, () => given) >> Double);
        var definition = workflow.Compile();
        definition.Document.States.Select(state => state.Key).ShouldBe(["AddOne", "Notify", "Double"]);
        definition.Sources.ShouldBe([source]);
        definition.SourcesByState.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create("Notify", source));
        FlowDefinition.Compile(workflow)!.SourcesByState["Notify"].ShouldBeSameAs(source);
    }

    [Fact]
    public void Rates_count_whole_minutes()
    {
        ScheduleExpression.OfRate(TimeSpan.FromMinutes(90)).Text.ShouldBe("rate(90 minutes)");
        ScheduleExpression.OfRate(TimeSpan.FromHours(48)).Text.ShouldBe("rate(2 days)");
        Should.Throw<ArgumentOutOfRangeException>(() => ScheduleExpression.OfRate(TimeSpan.FromSeconds(90)));
        Should.Throw<ArgumentOutOfRangeException>(() => ScheduleExpression.OfRate(TimeSpan.Zero));
        CronField.All[4].Values("MON-WED,7").ShouldBe([2, 3, 4, 7]);
        CronField.All[2].Values("L").ShouldBeNull();
    }
}
