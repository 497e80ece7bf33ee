using Orkestra.Asl;
using Orkestra.Asl.Maps;
using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Validation;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring;

/// <summary>What becomes of which flow. The documents of the samples are approved word for word elsewhere.</summary>
public sealed class DocumentTests
{
    static readonly Step<Nothing, int> Start = new(_ => 1);
    static readonly Step<int, int> Next = new(number => number + 1) { Description = "Adds one", Timeout = TimeSpan.FromSeconds(6), Retry = 5 };
    static readonly Step<int, int> Other = new(number => number);
    static readonly Step<Failure, int> OnError = new(_ => -1);

    [Fact]
    public void A_step_is_a_task_that_invokes_its_function()
    {
        var task = State<TaskState>(Start >> Next, "Next");
        task.Comment.ShouldBe("Adds one");
        task.Resource.ShouldBe("arn:aws:states:::lambda:invoke");
        task.Arguments.ShouldBe(JsonValue.Parse("""{ "FunctionName": "${Next}", "Payload": "{% $states.input %}" }"""));
        task.Output.ShouldBe("{% $states.result.Payload %}");
        task.TimeoutSeconds.ShouldBe(6);
        task.End.ShouldBe(true);
    }

    [Fact]
    public void Retries_for_all_errors_stand_after_the_ones_of_the_service()
    {
        var task = State<TaskState>(Start >> Other.Retry<FormatException>(2).Retry(1), "Other");
        task.Retry.Select(retrier => retrier.ErrorEquals[0]).ShouldBe(["FormatException", "Lambda.ServiceException", "States.ALL"]);
        task.Retry[0].MaxAttempts.ShouldBe(2);
    }

    [Fact]
    public void The_same_step_used_twice_has_two_states_and_one_function()
    {
        var definition = TestWorkflow.Of(Start >> Next >> Next >> Next).Compile();
        definition.Document.States.Keys.ShouldBe(["Start", "Next", "Next 2", "Next 3"]);
        definition.Steps.Keys.ShouldBe(["Start", "Next"], ignoreOrder: true);
        ((TaskState)definition.Document.States["Next 3"]).Arguments!["FunctionName"].ShouldBe("${Next}");
        definition.StepsByState["Next 3"].Name.ShouldBe("Next");
    }

    [Fact]
    public void A_numbered_state_does_not_take_the_name_of_a_step()
    {
        Step<int, int> second = new(number => number) { Name = "Next 2" };
        TestWorkflow.Of(Start >> Next >> Next >> second).Compile().Document.States.Keys.ShouldBe(["Start", "Next", "Next 3", "Next 2"]);
    }

    [Fact]
    public void Compiling_again_gives_an_equal_document() =>
        TestWorkflow.Of(Everything()).Compile().Document.ShouldBe(TestWorkflow.Of(Everything()).Compile().Document);

    [Fact]
    public void A_document_is_valid_and_reads_back_equal()
    {
        var document = TestWorkflow.Of(Everything()).Compile().Document;
        StateMachineValidator.Validate(document).Diagnostics.ShouldBeEmpty();
        AslReader.Parse(AslWriter.Write(document)).ShouldBe(document);
    }

    [Fact]
    public void A_tuple_catches_everything_in_each_branch()
    {
        var parallel = State<ParallelState>(Start >> (Next, Next >> Other), "Next + Next");
        var single = (TaskState)parallel.Branches[0].States["Next"];
        single.Output.ShouldBe(JsonValue.Parse("""{ "Value": "{% $states.result.Payload %}" }"""));
        single.Catch.ShouldHaveSingleItem().ErrorEquals.ShouldHaveSingleItem().ShouldBe("States.ALL");
        var several = (ParallelState)parallel.Branches[1].States["Try Next"];
        several.Output.ShouldBe(JsonValue.Parse("""{ "Value": "{% $states.result[0] %}" }"""));
        several.Branches.ShouldHaveSingleItem().States.Keys.ShouldBe(["Next 2", "Other"]);
    }

    [Fact]
    public void A_catch_leads_to_its_flow_and_both_go_on()
    {
        var states = TestWorkflow.Of(Start >> Other.Catch<Exception>(OnError).Catch<FormatException>(OnError) >> Next).Compile().Document.States;
        var task = (TaskState)states["Other"];
        task.Catch.Select(catcher => (catcher.ErrorEquals[0], catcher.Next)).ShouldBe([("FormatException", "OnError"), ("States.ALL", "OnError 2")]);
        states["OnError"].Next.ShouldBe("Next");
        states["OnError 2"].Next.ShouldBe("Next");
        task.Next.ShouldBe("Next");
    }

    [Fact]
    public void A_choice_without_otherwise_goes_on()
    {
        var states = TestWorkflow.Of(Start.When(number => number > 3, Other) >> Next).Compile().Document.States;
        var choice = (ChoiceState)states["When"];
        choice.Comment.ShouldBe("number => number > 3");
        choice.Choices.ShouldHaveSingleItem().Next.ShouldBe("Other");
        choice.Default.ShouldBe("Next");
    }

    [Fact]
    public void Waits_and_maps_say_what_they_were_given()
    {
        State<WaitState>(Start >> Wait.For(TimeSpan.FromDays(1)) >> Next, "Wait").Seconds.ShouldBe(86400);
        State<WaitState>(Start >> Wait.Until(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(1))), "Wait").Timestamp.ShouldBe("2030-01-02T02:04:05Z");
        Step<Nothing, int[]> many = new(_ => [1]) { Name = "Many" };
        var map = State<MapState>(many >> Next.Map(4, new DistributedMapOptions { Express = true, ToleratedFailures = 3, Label = "numbers" }), "Map Next");
        map.MaxConcurrency.ShouldBe(4);
        map.ItemProcessor!.ProcessorConfig.ShouldBe(new ProcessorConfig { Mode = "DISTRIBUTED", ExecutionType = "EXPRESS" });
        map.ToleratedFailureCount.ShouldBe(3);
        map.Label.ShouldBe("numbers");
    }

    [Fact]
    public void A_query_keeps_outputs_as_variables()
    {
        var flow = from first in Start
                   from second in Next.With(first + 1)
                   let total = first + second
                   from third in (Other >> Next).With(total)
                   select new { first, third };
        var states = TestWorkflow.Of(flow).Compile().Document.States;
        states.Keys.ShouldBe(["Start", "Next", "Let total", "Other", "Next 2", "Select"]);
        states["Start"].Assign.ShouldBe(JsonValue.Parse("""{ "first": "{% $states.result.Payload %}" }"""));
        ((TaskState)states["Next"]).Arguments!["Payload"].ShouldBe("{% $first + 1 %}");
        ((TaskState)states["Other"]).Arguments!["Payload"].ShouldBe("{% $total %}");
    }

    [Fact]
    public void A_query_over_steps_that_retry_nothing_needs_no_pass()
    {
        Step<int, int> plus = new(number => number + 1) { Name = "Plus" };
        var flow = from first in Start
                   from second in plus.With(first + 1)
                   let total = first + second
                   from third in (Other >> plus).With(total)
                   select new { first, third };
        var states = TestWorkflow.Of(flow).Compile().Document.States;
        states.Keys.ShouldBe(["Start", "Plus", "Other", "Plus 2"]);
        states["Plus"].Assign.ShouldBe(JsonValue.Parse("""{ "second": "{% $states.result.Payload %}", "total": "{% $first + $states.result.Payload %}" }"""));
        states["Plus 2"].Output.ShouldBe("{% {'first': $first, 'third': $states.result.Payload} %}");
    }

    [Fact]
    public void An_expression_is_the_output_of_the_state_before_it()
    {
        var states = TestWorkflow.Of(Start.Select(number => new[] { number, number + 1 }) >> Other.Map().Select(numbers => numbers.Length)).Compile().Document.States;
        states.Keys.ShouldBe(["Start", "Map Other"]);
        states["Start"].Output.ShouldBe("{% [$states.result.Payload, $states.result.Payload + 1] %}");
        states["Start"].Comment.ShouldBe("number => new[] { number, number + 1 }");
        states["Map Other"].Output.ShouldBe("{% $count($states.result) %}");
    }

    [Fact]
    public void An_expression_is_the_payload_of_the_step_after_it()
    {
        var states = TestWorkflow.Of(Flow.Input<int>().Select(number => number + 1) >> Other).Compile().Document.States;
        states.Keys.ShouldBe(["Other"]);
        ((TaskState)states["Other"]).Arguments!["Payload"].ShouldBe("{% $states.input + 1 %}");
    }

    [Fact]
    public void An_expression_stays_alone_where_the_neighbor_would_retry_or_catch_its_failure()
    {
        TestWorkflow.Of(Start >> Next.Select(number => number + 1)).Compile().Document.States.Keys.ShouldBe(["Start", "Next", "Select"]);
        TestWorkflow.Of(Start >> Other.Catch<Exception>(OnError).Select(number => number + 1)).Compile().Document.States.Keys.ShouldBe(["Start", "Other", "OnError", "Select"]);
        TestWorkflow.Of(Flow.Input<int>().Select(number => number + 1) >> Next).Compile().Document.States.Keys.ShouldBe(["Select", "Next"]);
        TestWorkflow.Of(Flow.Input<int>().Select(_ => Guid.NewGuid()) >> new Step<Guid, int>(_ => 1) { Name = "Use" }).Compile().Document.States.Keys.ShouldBe(["Select", "Use"]);
    }

    [Fact]
    public async Task A_branch_that_is_an_expression_is_the_output_of_the_choice()
    {
        var flow = Flow.Input<int>().When(number => number > 1, Flow.Input<int>().Select(number => number * 10), Flow.Input<int>().Select(number => -number)) >> Other;
        TestWorkflow.Of(flow).Compile().Document.States.Keys.ShouldBe(["When", "Other"]);
        (await TestWorkflow.Of(flow).RunAsync(2)).ShouldBe(20);
        (await TestWorkflow.Of(flow).RunAsync(1)).ShouldBe(-1);
        var one = Flow.Input<int>().When(number => number > 1, Other, Flow.Input<int>().Select(number => -number));
        (await TestWorkflow.Of(one).RunAsync(2)).ShouldBe(2);
        (await TestWorkflow.Of(one).RunAsync(1)).ShouldBe(-1);
    }

    [Fact]
    public void A_workflow_s_description_is_the_document_s_comment() => new Described().Compile().Document.Comment.ShouldBe("Counts to one");

    [Fact]
    public void A_long_label_is_cut_to_what_a_state_s_name_may_have()
    {
        var label = new string('n', 200);
        var states = TestWorkflow.Of(Start >> Flow.Input<int>().Select(number => number + 1, label) >> Flow.Input<int>().Select(number => number + 2, label)).Compile().Document.States;
        states.Count.ShouldBe(2);
        states.Keys.ShouldAllBe(name => name.Length <= 80);
    }

    sealed class Described : Workflow<Nothing, int>
    {
        public override string? Description => "Counts to one";

        public override Flow<Nothing, int> Define() => Start;
    }

    static Flow<Nothing, int[]> Everything() =>
        Start
        >> Next.When(number => number > 1, Other.Retry(), Flow.Fail<int, int>("TooSmall", "It is too small."))
        >> (Next.Catch<FormatException>(OnError), Other >> Next, Flow.Input<int>())
        >> Wait.For(TimeSpan.FromSeconds(1))
        >> new Step<object?, int[]>(_ => [1, 2]) { Name = "Make" }
        >> (Next >> Other).Map().Retry(2)
        >> Other.Capture().Map().Select(outcomes => outcomes.Where(outcome => outcome.IsSuccess).Select(outcome => outcome.Value).ToArray());

    static T State<T>(IFlow flow, string name)
        where T : State
    {
        var definition = flow switch
        {
            Flow<Nothing, int> single => TestWorkflow.Of(single).Compile(),
            Flow<Nothing, int[]> many => TestWorkflow.Of(many).Compile(),
            Flow<Nothing, (Outcome<int>, Outcome<int>)> both => TestWorkflow.Of(both).Compile(),
            _ => throw new ArgumentException($"{flow.GetType()}", nameof(flow)),
        };
        return definition.Document.States[name].ShouldBeOfType<T>();
    }
}
