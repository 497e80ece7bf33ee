using static Orkestra.Mistakes.Tests.Stage;

namespace Orkestra.Mistakes.Tests.Kinds;

/// <summary>Branches, choices and catches.</summary>
internal static class BranchMistakes
{
    public static IReadOnlyList<Mistake> All { get; } =
    [
        new("A branch of a list takes another type", Compiler, "'Increment' takes int, but 'Make' gives Item", ".Select(", "Make >> [AddPrice, Increment]"),
        new("A branch of a tuple takes another type", Compiler, "'Increment' takes int, but 'Make' gives Item", ".Select(", "Make >> (AddPrice, Increment)"),
        new("A branch of All takes another type", Compiler, "'Increment' takes int, but 'Make' gives Item", ".Select(", "Make >> Workflow.All(AddPrice, Increment)"),
        new("A step without input follows another", Compiler, "'Make' takes Nothing, but 'NameOf' gives string", "Declare 'Make' with the input object?", "Make >> NameOf >> Make"),
        new("A step with a value follows another", Compiler, "'Length.With(\"lamp\")' takes Nothing, but 'Make' gives Item", "'Flow.Input<Item>().Select(item => \"lamp\") >> Length'", "Make >> Length.With(\"lamp\")"),
        new("A branch is a step with a value", Compiler, "'Increment.With(5)' takes Nothing, but 'Make' gives Item", "'Flow.Input<Item>().Select(item => 5) >> Increment'", "Make >> [AddPrice, Increment.With(5)]"),
        new("A branch of a list is a method", Compiler, "'Rename' is a method, not a step", "static readonly Step<Item, string>", "Make >> [AddPrice, Rename]"),
        new("A tuple has eight branches", Compiler, "at most 7 branches", "or use a list", "Make >> (Done, Done, Done, Done, Done, Done, Done, Done)"),
        new("A list has no branches", Compilation, "list of branches is empty", "branch", "Make >> []"),
        new("The two ways of When give different types", Compiler, "'Length' gives int and 'Hello' gives string", "'.As<object?>()'", "Make >> NameOf.When(text => text.Length > 3, Length, Hello)"),
        new("A way of When takes another type", Compiler, "'Increment' takes int, but 'NameOf' gives string", ".Select(", "Make >> NameOf.When(text => text.Length > 3, Increment, Length)"),
        new("A When without an else changes the type", Compiler, "'Length' gives int, but without it the payload stays string", "a third flow", "Make >> NameOf.When(text => text.Length > 3, Length)"),
        new("A condition is a number", Compiler, "'int'", "'bool'", "Make >> NameOf.When(text => text.Length, Hello, Hello)"),
        new("A handler does not take the failure", Compiler, "The handler 'NameOf' takes Item, but a Catch gives it a Failure", "let it take Failure", "Make >> NameOf.Catch<Exception>(NameOf)"),
        new("A handler gives another type", Compiler, "The handler 'Undo' gives Item, but takes the place of 'NameOf', which gives string", "'.Select(…)'", "Make >> NameOf.Catch<Exception>(Undo)"),
        new("A handler is a lambda", Compiler, "lambda", "IFlow<Failure, Item>", "Make.Catch<Exception>(failure => new Item(\"\", 0)) >> NameOf"),
        new("What is caught is no exception", Compiler, "'string'", "'System.Exception'", "Make.Catch<string>(Undo)"),
        new("What is retried is no exception", Compiler, "'string'", "'System.Exception'", "Make.Retry<string>(3)"),
        new("A catch at the end is meant for the whole chain", Analyzer, "This Catch<IOException>(…) guards 'AddPrice' only", "'Try(… >> AddPrice).Catch<IOException>(…)'", new("Make\n        >> AddPrice\n        >> AddPrice.Catch<IOException>(Undo)") { Ends = "Nothing, Item" }),
        new("A catch on a line of its own is meant for the whole chain", Analyzer, "This Catch<IOException>(…) guards 'AddPrice' only", "'Try(… >> AddPrice).Catch<IOException>(…)'", new("Make\n        >> AddPrice\n        >> AddPrice\n        .Catch<IOException>(Undo)") { Ends = "Nothing, Item" }),
        new("One exception is caught twice", Analyzer, "The first catch of IOException takes every error", "remove it", "Make.Catch<IOException>(Undo).Catch<IOException>(Undo)"),
        new("A derived exception is caught after its base", Analyzer, "The first catch of IOException takes every error", "remove it", "Make.Catch<IOException>(Undo).Catch<FileNotFoundException>(Undo)"),
        new("All errors are retried twice", Compilation, "'Make' has two retries for all errors", "keep one of them", "Make.Retry(1).Retry(2)"),
        new("A map is not over an array", Compiler, "'AddPrice.Map()' takes Item[], but 'NameOf' gives string", ".Select(", "Make >> NameOf >> AddPrice.Map()"),
        new("A map has a negative concurrency", Compilation, "maxConcurrency", "non-negative", "Many >> AddPrice.Map(maxConcurrency: -1)"),
    ];
}
