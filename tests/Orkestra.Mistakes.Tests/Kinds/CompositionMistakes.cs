using static Orkestra.Mistakes.Tests.Stage;

namespace Orkestra.Mistakes.Tests.Kinds;

/// <summary>What is put together and does not fit.</summary>
internal static class CompositionMistakes
{
    public static IReadOnlyList<Mistake> All { get; } =
    [
        new("The next step takes another type", Compiler, "'Length' takes string, but 'Make' gives Item", ".Select(item => …)", "Make >> Length"),
        new("The wrong edge is in the middle", Compiler, "'Increment' takes int, but 'AddPrice' gives Item", ".Select(item => …)", "Make >> AddPrice >> Increment >> Hello"),
        new("Two edges of one chain are wrong", Compiler, "'AddPrice' takes Item, but 'Increment' gives int", ".Select(", "Make\n        >> AddPrice\n        >> Length\n        >> Increment\n        >> AddPrice\n        >> Hello"),
        new("One item is mapped", Compiler, "'AddPrice.Map()' takes Item[], but 'Make' gives Item", "Leave out '.Map()'", "Make >> AddPrice.Map()"),
        new("Many items are not mapped", Compiler, "'AddPrice' takes Item, but 'Many' gives Item[]", "'AddPrice.Map()'", "Many >> AddPrice"),
        new("An outcome goes to a step that takes its value", Compiler, "'Length' takes string, but 'NameOf.Capture()' gives Outcome<string>", "Use '.Rethrow()'", "Make >> NameOf.Capture() >> Length"),
        new("A value goes to a step that takes an outcome", Compiler, "'Settle' takes Outcome<string>, but 'NameOf' gives string", "'NameOf.Capture()'", "Make >> NameOf >> Settle"),
        new("What MapOutcomes gives goes to a step over values", Compiler, "'Length.Map()' takes string[], but 'NameOf.MapOutcomes()' gives Outcome<string>[]", ".Select(", "Many >> NameOf.MapOutcomes() >> Length.Map()"),
        new("The branch of a nested chain does not fit", Compiler, "'Length' takes string, but 'Make' gives Item", ".Select(", "Make >> (Length >> Increment)"),
        new("A step follows a wait that does not fit", Compiler, "'Length' takes string, but 'Make' gives Item", ".Select(", "Make >> Wait.For(TimeSpan.FromSeconds(1)) >> Length"),
        new("The outcomes of a tuple go to a step over the values", Compiler, "gives (Outcome<Item>, Outcome<string>)", ".Select(", "Make >> (AddPrice, NameOf) >> AddPrice"),
        new("A method stands where a step is needed", Compiler, "'Rename' is a method, not a step", "static readonly Step<Item, string>", "Make >> Rename"),
        new("A lambda stands where a step is needed", Compiler, "A lambda is not a step and has no name", ".Select(…)", "Make >> (item => item.Name)"),
        new("A delegate stands where a step is needed", Compiler, "'Shorten' is a delegate, not a step", "static readonly Step<…>", new("Make >> Shorten") { Members = "static readonly Func<Item, string> Shorten = item => item.Name;" }),
        new("A workflow stands where a flow is needed", Compiler, "'new Other()' is a workflow, not a flow", "'new Other().Define()'", new("Make >> new Other()") { Types = "public sealed class Other : Workflow<Item, string> { public override Flow<Item, string> Define() => AddPrice >> NameOf; }" }),
        new("A value stands where a step is needed", Compiler, "'\"hello\"' is string, not a flow", "joins steps and flows", "Make >> \"hello\""),
        new("A payload is passed instead of a step", Compiler, "is Item, not a flow", "joins steps and flows", "Make >> new Item(\"x\", 1)"),
        new("The parentheses of Map are missing", Compiler, "'AddPrice.Map' is a method of the flow", "'AddPrice.Map()'", "Many >> AddPrice.Map"),
        new("A chain begins with a list", Compiler, "A chain cannot begin with a list", "'Flow.Input<Item>() >> [AddPrice, NameOf]'", "[AddPrice, NameOf] >> Hello"),
        new("A chain begins with a tuple whose outcomes do not fit", Compiler, "'Length' takes string, but '(AddPrice, NameOf)' gives (Outcome<Item>, Outcome<string>)", ".Select(", "(AddPrice, NameOf) >> Length"),
        new("A chain begins with a tuple that branches follow", Compiler, "A chain cannot begin with a tuple", "'Flow.Input<Item>() >> (AddPrice, NameOf)'", "(AddPrice, NameOf) >> (Hello, Done)"),
        new("A chain begins with a method", Compiler, "'Rename' is a method, not a step", "static readonly Step<Item, string>", "Rename >> Length"),
        new("Define promises another output", Compiler, "The chain is to give string, but ends with 'AddPrice', after which it gives Item", "'.Select(…)'", new("Make >> AddPrice") { Ends = "Nothing, string" }),
        new("Define promises another input", Compiler, "The chain is to take int, but begins with 'Make', which takes Nothing", "begin with a step over int", new("Make >> NameOf") { Ends = "int, string" }),
        new("A single step is not what Define promises", Compiler, "'Make' gives Item instead of string", "end with a step that gives string", new("Make") { Ends = "Nothing, string" }),
        new("A nullable value goes to a step that does not accept null", Compiler, "'string?'", "Nullability", "Make >> NoteOf >> Length"),
        new("A step is called like a function", Compiler, "'Make' is composed, not called", "leave out the parentheses", "Make() >> AddPrice"),
        new("Steps are joined with <<", Compiler, "'<<' does not join flows", "'Make >> AddPrice'", "Make << AddPrice"),
        new("Steps are joined with |", Compiler, "'|' does not join flows", "'Make >> AddPrice'", "Make | AddPrice"),
        new("An operator of a step's name is misspelt", Compiler, "'AddPrize'", "does not exist", "Make >> AddPrize"),
    ];
}
