using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Edges;

/// <summary>ORK013, ORK014 and ORK015: compositions that do not fit.</summary>
public sealed class EdgeTests
{
    const string Steps = """
        public record Item(string Name, decimal? Price);
        public static class Program
        {
            static readonly Step<Nothing, Item> Make = new(_ => new("x", 1));
            static readonly Step<Item, Item> AddPrice = new(item => item);
            static readonly Step<Item, string> NameOf = new(item => item.Name);
            static readonly Step<string, int> Length = new(text => text.Length);
            static readonly Step<int, int> Increment = new(number => number + 1);
            static readonly Step<object?, string> Hello = new(_ => "hello");
            static readonly Step<object?, Nothing> Done = new(_ => default);
            static readonly Step<Nothing, List<int>> Numbers = new(_ => [1]);
            static readonly Step<Outcome<int>, int> Settle = new(outcome => outcome.Value);
            static readonly Step<Failure, string> Explain = new(failure => failure.Error);
            static readonly Step<(Item, string), string> Pair = new(pair => pair.Item2);
            static int Twice(int number) => number * 2;

        """;

    [Theory]
    [InlineData("Make >> Length", ">>", "'Length' takes string, but 'Make' gives Item. Use 'Make.Select(item => …)' to give string (.Map() runs a step for each element, .Capture() gives an Outcome), or change the type of one of them.")]
    [InlineData("Numbers >> Increment", ">>", "'Increment' takes int, but 'Numbers' gives List<int>. Use 'Increment.Map()' to run it for each element.")]
    [InlineData("Make >> AddPrice.Map()", ">>", "'AddPrice.Map()' takes Item[], but 'Make' gives Item. Leave out '.Map()' to run 'AddPrice' once, or let 'Make' give an array.")]
    [InlineData("Length.Capture() >> Increment", ">>", "'Increment' takes int, but 'Length.Capture()' gives Outcome<int>. Use '.Rethrow()', which fails with its error, or '.Select(outcome => outcome.ValueOr(…))' to take the value, or leave out the '.Capture()' of 'Length.Capture()'.")]
    [InlineData("Length >> Settle", ">>", "'Settle' takes Outcome<int>, but 'Length' gives int. Use 'Length.Capture()' to make its errors part of the payload.")]
    [InlineData("Make >> [AddPrice, Increment]", "Increment", "'Increment' takes int, but 'Make' gives Item. Use 'Make.Select(item => …)' to give int (.Map() runs a step for each element, .Capture() gives an Outcome), or change the type of one of them.")]
    [InlineData("Length >> [Increment, AddPrice]", "AddPrice", "'AddPrice' takes Item, but 'Length' gives int. Use 'Length.Select(value => …)' to give Item (.Map() runs a step for each element, .Capture() gives an Outcome), or change the type of one of them.")]
    [InlineData("Make >> (AddPrice, Increment)", "Increment", "'Increment' takes int, but 'Make' gives Item. Use 'Make.Select(item => …)' to give int (.Map() runs a step for each element, .Capture() gives an Outcome), or change the type of one of them.")]
    [InlineData("Make >> Workflow.All(AddPrice, Increment)", "Increment", "'Increment' takes int, but 'Make' gives Item. Use 'Make.Select(item => …)' to give int (.Map() runs a step for each element, .Capture() gives an Outcome), or change the type of one of them.")]
    [InlineData("Make >> Twice", "Twice", "'Twice' is a method, not a step: declare 'static readonly Step<int, int> …Step = new(Twice);' and use that.")]
    [InlineData("Make >> (item => item)", "(item => item)", "A lambda is not a step and has no name: declare 'static readonly Step<…> Name = new(…);' and use that, or use '.Select(…)' for an expression.")]
    [InlineData("Make >> \"hello\"", "\"hello\"", "'\"hello\"' is string, not a flow: '>>' joins steps and flows.")]
    [InlineData("Make >> (Done, Done, Done, Done, Done, Done, Done, Done, Done, Done, Done, Done, Done)", ">>", "A tuple has at most 7 branches and this one 13: use a list ('[…]', whose outputs are one array), or let some of them be a tuple inside a branch of its own.")]
    [InlineData("Make >> (AddPrice >> Increment)", ">>", "'Increment' takes int, but 'AddPrice' gives Item. Use 'AddPrice.Select(item => …)' to give int (.Map() runs a step for each element, .Capture() gives an Outcome), or change the type of one of them.")]
    [InlineData("Make >> (Length >> Increment)", ">>", "'Length' takes string, but 'Make' gives Item. Use 'Make.Select(item => …)' to give string (.Map() runs a step for each element, .Capture() gives an Outcome), or change the type of one of them.")]
    [InlineData("(AddPrice, NameOf) >> Length", ">>", "'Length' takes string, but '(AddPrice, NameOf)' gives (Outcome<Item>, Outcome<string>). Write 'Flow.Input<(Outcome<Item>, Outcome<string>)>().Select(outputs => …) >>' between them to give string, or change the input of the step.")]
    [InlineData("Make >> (AddPrice, NameOf) >> Pair", ">>", "'Pair' takes (Item, string), but '(AddPrice, NameOf)' gives (Outcome<Item>, Outcome<string>). Use 'Workflow.All(AddPrice, NameOf)', which gives (Item, string) and fails with the first error.")]
    [InlineData("Make >> [NameOf, NameOf] >> Length", ">>", "'Length' takes string, but '[NameOf, NameOf]' gives object?[]. Write 'Flow.Input<object?[]>().Select(outputs => …) >>' between them to give string, or change the input of the step.")]
    [InlineData("(AddPrice, NameOf) >> Hello >> Increment", ">>", "'Increment' takes int, but 'Hello' gives string. Use 'Hello.Select(value => …)' to give int (.Map() runs a step for each element, .Capture() gives an Outcome), or change the type of one of them.")]
    [InlineData("Length >> Wait.For(TimeSpan.FromSeconds(1)) >> AddPrice", ">>", "'AddPrice' takes Item, but 'Length' gives int. Use 'Length.Select(value => …)' to give Item (.Map() runs a step for each element, .Capture() gives an Outcome), or change the type of one of them.")]
    public void Names_both_steps_both_types_and_the_fix(string expression, string at, string message)
    {
        var finding = Found($"static object Edge() => {expression};").ShouldHaveSingleItem();
        finding.Message.ShouldBe(message);
        finding.Code.ShouldBe(at);
    }

    [Theory]
    [InlineData("static Flow<Nothing, Item> Edge() => Unknown.Map(AddPrice);")]
    [InlineData("static Flow<Nothing, Item> Edge() => Make >> Unknown.Map(AddPrice) >> AddPrice.Retry(Unknown.Times);")]
    public void A_name_that_the_compiler_does_not_know_is_its_affair(string member) => Found(member).ShouldBeEmpty();

    [Fact]
    public void Two_wrong_edges_in_a_chain_of_ten_lines_are_reported_at_their_lines()
    {
        var findings = Analysis.OfOrkestra(Steps + """
            public static Flow<Nothing, string> Define() =>
                Make
                >> AddPrice
                >> AddPrice
                >> Length
                >> Increment
                >> Increment
                >> AddPrice
                >> NameOf
                >> Length
                >> Hello;
        }
        """);
        var start = Steps.Count(static letter => letter == '\n');
        findings.Select(finding => (finding.Id, finding.Line - start, finding.Code)).ShouldBe([("ORK013", 5, ">>"), ("ORK013", 8, ">>")]);
        findings[0].Message.ShouldStartWith("'Length' takes string, but 'AddPrice' gives Item.");
        findings[1].Message.ShouldStartWith("'AddPrice' takes Item, but 'Increment' gives int.");
    }

    [Fact]
    public void Edges_behind_wrong_branches_are_reported_too()
    {
        var findings = Found("static object Edge() => Make >> (AddPrice, Increment) >> Length >> Increment >> [AddPrice] >> Increment;");
        findings.Select(finding => finding.Message[..finding.Message.IndexOf('.', StringComparison.Ordinal)]).ShouldBe(
        [
            "'Increment' takes int, but 'Make' gives Item",
            "'Length' takes string, but '(AddPrice, Increment)' gives (Outcome<Item>, Outcome<int>)",
            "'AddPrice' takes Item, but 'Increment' gives int",
            "'Increment' takes int, but '[AddPrice]' gives object?[]",
        ], ignoreOrder: true);
    }

    [Theory]
    [InlineData("[AddPrice, NameOf] >> Hello", "[AddPrice, NameOf]", "A chain cannot begin with a list: write 'Flow.Input<Item>() >> [AddPrice, NameOf]'.")]
    [InlineData("(AddPrice, NameOf) >> (Hello, Done)", "(AddPrice, NameOf)", "A chain cannot begin with a tuple that branches follow: write 'Flow.Input<Item>() >> (AddPrice, NameOf)'.")]
    [InlineData("Twice >> Increment", "Twice", "'Twice' is a method, not a step: declare 'static readonly Step<int, int> …Step = new(Twice);' and use that.")]
    public void A_chain_begins_with_a_flow(string expression, string at, string message)
    {
        var finding = Found($"static object Edge() => {expression};").ShouldHaveSingleItem();
        (finding.Id, finding.Code, finding.Message).ShouldBe(("ORK015", at, message));
    }

    [Theory]
    [InlineData("Make >> NameOf.When(text => text.Length > 3, Length, Hello)", "Hello", "The two ways of When give different types: 'Length' gives int and 'Hello' gives string. Let both give one type, for example with 'Hello.Select(…)' or '.As<object?>()' on both.")]
    [InlineData("Length.When(number => number > 3, NameOf, Hello)", "NameOf", "'NameOf' takes Item, but 'Length' gives int. Use 'Length.Select(value => …)' to give Item (.Map() runs a step for each element, .Capture() gives an Outcome), or change the type of one of them.")]
    [InlineData("NameOf.When(text => text.Length > 3, Increment, Hello.Select(text => 1))", "Increment", "'Increment' takes int, but 'NameOf' gives string. Use 'NameOf.Select(value => …)' to give int (.Map() runs a step for each element, .Capture() gives an Outcome), or change the type of one of them.")]
    [InlineData("Make.When(AddPrice, AddPrice)", "AddPrice", "The first argument of When is a condition, and 'AddPrice' is a flow: write '.When(item => …, AddPrice, …)'.")]
    [InlineData("Numbers.Map(Increment)", "Increment", "'Increment' is a flow: write 'Numbers >> Increment.Map()' to run it for each element of what 'Numbers' gives.")]
    [InlineData("Numbers.Select(Increment)", "Increment", "'Increment' is a flow: write 'Numbers >> Increment.Map()' to run it for each element of what 'Numbers' gives.")]
    [InlineData("Make.Select(NameOf)", "NameOf", "'NameOf' is a flow, and Select takes an expression: write 'Make >> NameOf'.")]
    [InlineData("NameOf.When(text => text.Length > 3, Length)", "Length", "'Length' gives int, but without it the payload stays string: let it give string, or give When a third flow for the other case.")]
    [InlineData("NameOf.Catch<Exception>(Length)", "Length", "The handler 'Length' takes string, but a Catch gives it a Failure: let it take Failure (or object?).")]
    [InlineData("AddPrice.Switch(item => item.Name == \"a\").Case(true, NameOf).Case(false, AddPrice)", "AddPrice", "'AddPrice' gives Item, but the cases before it give string: let all cases give one type, for example with '.Select(…)', or with '.As<object?>()' on each.")]
    [InlineData("AddPrice.Switch().Case(item => item.Price > 3, NameOf).Default(Length.Select(number => \"\"))", "Length.Select(number => \"\")", "'Length.Select(number => \"\")' takes string, but 'Switch' gives Item. Begin it with 'Flow.Input<Item>().Select(item => …) >>' to give string, or change the type of one of them.")]
    [InlineData("Length.CompensateWith(AddPrice)", "AddPrice", "'AddPrice' takes Item, but undoes 'Length', which gives int: let it take int, or write '.CompensateWith((input, output) => AddPrice.With(…))'.")]
    [InlineData("Length.Finally(Increment)", "Increment", "'Increment' takes int, but Finally gives it what the flow before it was given, string: let it take string (or object?).")]
    [InlineData("Length.RepeatUntil(number => number > 3)", "RepeatUntil", "RepeatUntil gives what 'Length' gave to it again, but it takes string and gives int: let it give string, for example with '.Select(…)', or use PollUntil, which calls it with the same input again.")]
    [InlineData("Length.Catch(Explain)", "Catch", "A Catch says which exception it is for: write '.Catch<Exception>(Explain)' for every one.")]
    [InlineData("Length.Map().Values()", "Values", "Values() is for an array of outcomes, and 'Length.Map()' gives int[]: use '.MapOutcomes()' in place of '.Map()', so that errors become part of the payload.")]
    [InlineData("Length.Capture().Failures()", "Failures", "Failures() is for an array of outcomes, and 'Length.Capture()' gives one: use '.Select(outcome => outcome.Failure)', or '.Rethrow()' to fail with its error.")]
    [InlineData("Length.Then(Increment)", "Then", "Flows are joined with '>>': write 'Length >> Increment'.")]
    [InlineData("Length.Catch<Exception>(Explain)", "Explain", "The handler 'Explain' gives string, but takes the place of 'Length', which gives int: let it give int, for example with '.Select(…)'.")]
    public void Branches_and_handlers_fit(string expression, string at, string message)
    {
        var finding = Found($"static object Edge() => {expression};").ShouldHaveSingleItem();
        (finding.Code, finding.Message).ShouldBe((at, message));
    }

    [Fact]
    public void The_ends_are_those_that_are_promised()
    {
        var findings = Found("static Flow<Item, int> Edge() => Make >> NameOf;");
        findings.Select(finding => (finding.Id, finding.Code)).ShouldBe([("ORK014", "Make"), ("ORK014", "NameOf")], ignoreOrder: true);
        findings.ShouldContain(finding => finding.Message == "The chain is to give int, but ends with 'NameOf', after which it gives string: end with a step that gives int or with '.Select(…)', or declare Flow<…, string>.");
    }

    [Theory]
    [InlineData("static Flow<Nothing, string> Edge() => Make;", "Make", "'Make' gives Item instead of string: end with a step that gives string or with '.Select(…)', or declare Flow<Nothing, Item>.")]
    [InlineData("static Flow<Item, int> Edge() { return Length; }", "Length", "'Length' takes string instead of Item: begin with a step over Item (or Flow.Input<Item>().Select(…)), or declare Flow<string, int>.")]
    [InlineData("static readonly Flow<Item, Item[]> Edge = AddPrice.Retry(3);", "AddPrice.Retry(3)", "'AddPrice.Retry(3)' gives Item instead of Item[]: end with a step that gives Item[] or with '.Select(…)', or declare Flow<Item, Item>.")]
    public void A_single_flow_has_the_ends_that_are_promised(string member, string at, string message)
    {
        var finding = Found(member).ShouldHaveSingleItem();
        (finding.Id, finding.Code, finding.Message).ShouldBe(("ORK014", at, message));
    }

    [Theory]
    [InlineData("static Flow<Item, Item> Edge() => AddPrice;")]
    [InlineData("static IFlow<Item, object?> Edge() => AddPrice;")]
    [InlineData("static Flow<Item, string> Edge() => NameOf.When(text => text.Length > 3, Hello, Hello);")]
    [InlineData("static Flow<Item, string> Edge => Missing;")]
    [InlineData("static Flow<Item, int> Edge() => AddPrice.Switch(item => item.Name == \"a\").Case(true, NameOf >> Length).Case(false, Flow.Fail<Item, int>(\"Other\"));")]
    [InlineData("static Flow<Item, Item> Edge() { Flow<Item, Item> flow = AddPrice; flow >>= AddPrice; return flow; }")]
    public void Ends_that_fit_are_left_alone(string member) => Found(member).ShouldBeEmpty();

    [Theory]
    [InlineData("Make >> AddPrice >> NameOf >> Length >> Increment >> Hello")]
    [InlineData("Make >> (Hello, AddPrice, NameOf) >> Hello")]
    [InlineData("Length >> [Increment, Hello] >> Hello")]
    [InlineData("Numbers >> Increment.Map()")]
    [InlineData("NameOf.When(text => text.Length > 3, Hello, Hello)")]
    [InlineData("(AddPrice, NameOf) >> Hello")]
    [InlineData("(AddPrice, Hello) >> Hello >> Length")]
    [InlineData("1 >> 2 >> 3")]
    [InlineData("Make >> Missing >> Hello")]
    [InlineData("Missing >> Hello")]
    [InlineData("Make >> [AddPrice, Missing]")]
    public void What_fits_or_is_unknown_is_left_alone(string expression) => Found($"static object Edge() => {expression};").ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string member) => Analysis.OfOrkestra($"{Steps}\n{member}\n}}");
}
