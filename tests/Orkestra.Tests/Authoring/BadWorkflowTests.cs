using Orkestra.Authoring;
using Orkestra.Authoring.Branching;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring;

/// <summary>Mistakes are refused with one sentence that names the thing and the fix.</summary>
public sealed class BadWorkflowTests
{
    static readonly Step<Nothing, int> Start = new(_ => 1);

    [Fact]
    public void One_name_for_two_functions()
    {
        var sentence = Refused(Start >> new Step<int, int>(number => number) { Name = "Twice" } >> new Step<int, int>(number => number + 1) { Name = "Twice" });
        sentence.ShouldContain("'Twice' stands for two different functions");
        sentence.ShouldContain("BadWorkflowTests.cs:");
        sentence.ShouldContain("Name = ");
    }

    [Fact]
    public void Two_names_for_one_function_name() =>
        Refused(Start >> new Step<int, int>(number => number) { Name = "Add price" } >> new Step<int, int>(number => number + 1) { Name = "Addprice" })
            .ShouldContain("'Addprice' stands for two different functions");

    [Fact]
    public void The_same_function_twice_is_fine()
    {
        Func<int, int> function = number => number + 1;
        Should.NotThrow(() => TestWorkflow.Of(Start >> new Step<int, int>(function) { Name = "Same" } >> new Step<int, int>(function) { Name = "Same" }).Compile());
    }

    [Fact]
    public void An_empty_flow() => Refused(Flow.Input<int>()).ShouldBe("The workflow Test is empty: its Define() returns a flow without any step. Compose at least one.");

    [Fact]
    public void No_flow_at_all() => Should.Throw<WorkflowException>(() => new TestWorkflow<int, int>(() => null!).Compile()).Message.ShouldContain("Define() gives null");

    [Fact]
    public void An_empty_list() => Should.Throw<WorkflowException>(() => Start >> Array.Empty<Branch<int>>()).Message.ShouldContain("list of branches is empty");

    [Fact]
    public void A_type_without_a_json_form()
    {
        Refused(Start >> new Step<int, Func<int>>(number => () => number) { Name = "Bad" })
            .ShouldBe("Step 'Bad' gives Func<int>, which has no JSON form: pass data between steps, such as a record, instead of Func<int>.");
        Refused(Start >> new Step<int, (int, Holder)>(_ => default) { Name = "Nested" })
            .ShouldBe("Step 'Nested' gives (int, Holder), whose member 'source' is Stream, which has no JSON form: pass data between steps, such as a record, instead of Stream.");
    }

    [Fact]
    public void A_step_without_a_name() => Refused(Start >> new Step<int, int>(number => number, name: "")).ShouldContain("has no name: assign it to a field");

    [Theory]
    [InlineData("Prüfe", "'ü'")]
    [InlineData("a/b", "'/'")]
    [InlineData("1st", "does not begin with a letter")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm", "at most 64")]
    public void A_name_no_function_can_have(string name, string why)
    {
        var sentence = Refused(Start >> new Step<int, int>(number => number) { Name = name });
        sentence.ShouldContain(why);
        sentence.ShouldContain(name);
    }

    [Fact]
    public void A_timeout_that_is_not_whole_seconds() =>
        Refused(Start >> new Step<int, int>(number => number) { Name = "Quick", Timeout = TimeSpan.FromMilliseconds(1500) })
            .ShouldBe("The timeout of step 'Quick' is 00:00:01.5000000, but it must be a whole number of seconds between 1 and 99999999.");

    [Fact]
    public void A_timeout_of_several_states() =>
        Refused((Start >> new Step<int, int>(number => number) { Name = "Next" }).Timeout(TimeSpan.FromSeconds(1))).ShouldContain("only a step can have one");

    [Fact]
    public void Two_retries_for_all_errors() => Refused(Start.Retry(1).Retry(2)).ShouldContain("two retries for all errors");

    [Fact]
    public void A_step_that_is_used_before_it_is_initialized()
    {
        Should.Throw<WorkflowException>(() => Start >> (Step<int, int>)null!).Message.ShouldContain("declare the steps above the field that composes them");
        Should.Throw<WorkflowException>(() => (Flow<int, int>)null! >> new Step<int, int>(number => number) { Name = "Next" }).Message.ShouldContain("declare the steps above");
        Should.Throw<WorkflowException>(() => Start >> (new Step<int, int>(number => number) { Name = "Next" }, (Step<int, int>)null!)).Message.ShouldContain("declare the steps above");
        Should.Throw<WorkflowException>(() => ((Step<int, int>)null!).Map()).Message.ShouldContain("declare the steps above");
    }

    [Fact]
    public void A_function_without_a_result_where_one_is_declared() =>
#pragma warning disable ORK021 // Where the analyzers do not run, the constructor says it.
        Should.Throw<WorkflowException>(() => new Step<int, int>(_ => Task.Delay(1), name: "Book")).Message
#pragma warning restore ORK021
            .ShouldBe("Step 'Book' is declared to give int, but its function returns no value. Return one, or declare it as Step<int, Nothing>.");

    [Fact]
    public void A_memory_that_no_function_can_have() =>
        Refused(Start >> new Step<int, int>(number => number) { Name = "Small", Memory = 64 }).ShouldBe("The step 'Small' has Memory = 64, but a Lambda function has 128 to 10240 MB.");

    [Fact]
    public void The_name_of_a_generic_workflow_has_the_letters_of_a_name()
    {
        new Import<List<int>>().Name.ShouldBe("ImportListInt32");
        new Import<int[]>().Name.ShouldBe("ImportInt32Array");
        Made(new { Id = 1 }).Name.ShouldBe("ImportAnonymousInt32");

        static Import<T> Made<T>(T _) => new();
    }

    sealed class Import<T> : Workflow<T, T>
    {
        public override Flow<T, T> Define() => Flow.Input<T>();
    }

    [Fact]
    public void A_query_whose_flow_is_not_known_before_the_run() =>
        Should.Throw<WorkflowException>(() =>
        {
            _ = from number in Start
                from next in Pick(number)
                select next;
        }).Message.ShouldContain("depends on 'number'");

    static readonly Step<int, int> Number = new(number => number);

    [Fact]
    public void A_variable_of_a_query_in_a_lambda_of_its_flow()
    {
        Should.Throw<WorkflowException>(() =>
        {
            _ = from number in Start
                from next in Number.When(other => other > number, Number).With(number)
                select next;
        }).Message.ShouldContain("uses 'number', but a lambda inside the flow sees only its own parameters");
        // A lambda's own parameters are no variables of the query.
        (from number in Start
         from next in Number.When(other => other > 1, Number).With(number)
         select next + number).ShouldNotBeNull();
    }

    static Flow<Nothing, int> Pick(int number) => number > 0 ? Start : Start;

    static string Refused<TIn, TOut>(Flow<TIn, TOut> flow) => Should.Throw<WorkflowException>(() => TestWorkflow.Of(flow).Compile()).Message;

    public sealed record Holder(Stream Source);
}
