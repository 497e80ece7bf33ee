using static Orkestra.Mistakes.Tests.Stage;

namespace Orkestra.Mistakes.Tests.Kinds;

/// <summary>Expressions that cannot become JSONata.</summary>
internal static class ExpressionMistakes
{
    const string step = "Use a Step for it.";

    public static IReadOnlyList<Mistake> All { get; } =
    [
        new("An expression calls a method of the project", Analyzer, "'Given.Rename(item)' cannot become JSONata", step, "Make.Select(item => Given.Rename(item))"),
        new("An expression calls a delegate", Analyzer, "'Shorten(item.Name)' cannot become JSONata", "Write the lambda in its place.", new("Make.Select(item => Shorten(item.Name))") { Members = "static readonly Func<string, string> Shorten = text => text.Trim();" }),
        new("An expression uses a method that JSONata lacks", Analyzer, "string.Normalize has no counterpart", step, "Make.Select(item => item.Name.Normalize())"),
        new("An expression takes a logarithm", Analyzer, "Math.Log has no counterpart", step, "Make.Select(item => Math.Log((double)item.Price))"),
        new("An expression reads a file", Analyzer, "File.ReadAllText has no counterpart", step, "Make.Select(item => File.ReadAllText(item.Name))"),
        new("An expression asks for the day of the week", Analyzer, "DateTimeOffset.DayOfWeek has no counterpart", step, "Make.Select(item => item.At.DayOfWeek)"),
        new("An expression asks for the local time", Analyzer, "'DateTime.Now' cannot become JSONata", "Use UtcNow.", "Make.Select(item => DateTime.Now)"),
        new("An expression asks for the machine", Analyzer, "'Environment.MachineName' cannot become JSONata", step, "Make.Select(item => item.Name + Environment.MachineName)"),
        new("An expression compares by the culture", Analyzer, "JSONata knows no cultures", "StringComparison.Ordinal", "Make.When(item => item.Name.StartsWith(\"a\", StringComparison.CurrentCulture), AddPrice)"),
        new("An expression gives a comparer", Analyzer, "JSONata has no comparers", step, "Make.Select(item => item.Tags.Distinct(StringComparer.OrdinalIgnoreCase).ToArray())"),
        new("An expression rounds away from zero", Analyzer, "JSONata rounds halves to the even neighbour", "MidpointRounding.ToEven", "Make.Select(item => Math.Round(item.Price, MidpointRounding.AwayFromZero))"),
        new("An expression shifts bits", Analyzer, "'item.Tags.Length << 1' cannot become JSONata", step, "Make.Select(item => item.Tags.Length << 1)"),
        new("An expression masks bits", Analyzer, "'item.Tags.Length & 1' cannot become JSONata", step, "Make.Select(item => item.Tags.Length & 1)"),
        new("An expression decides by three values", Analyzer, "three-valued logic", "'?? false'", "Make.Select(item => (item.Checked & item.Tags.Length > 0) ?? false)"),
        new("An expression tests a type", Analyzer, "JSON does not carry C# types", step, "Make.As<object>().Select(item => item is Item)"),
        new("An expression casts to a type", Analyzer, "JSON does not carry C# types", step, "Make.As<object>().Select(item => ((Item)item).Name)"),
        new("An expression casts with as", Analyzer, "JSON does not carry C# types", step, "Make.As<object>().Select(item => item as Item)"),
        new("An expression reads an ignored member", Analyzer, "'Secret' is not written to JSON", "[JsonIgnore]", "Make.Select(item => item.Secret)"),
        new("An expression parses in parallel", Analyzer, "ParallelEnumerable.AsParallel has no counterpart", step, "Make.Select(item => item.Tags.AsParallel())"),
        new("An expression is wrong inside of another", Analyzer, "'tag.Normalize()' cannot become JSONata", step, "Make.Select(item => item.Tags.Select(tag => tag.Normalize()).ToArray())"),
        new("A condition cannot become JSONata", Analyzer, "'Given.Rename(item)' cannot become JSONata", step, "Make.When(item => Given.Rename(item) == \"a\", AddPrice)"),
        new("A duration cannot become JSONata", Analyzer, "string.GetHashCode has no counterpart", step, "Make.Wait(item => item.Name.GetHashCode())"),
        new("An expression uses ?.", Compiler, "null propagating operator", "expression tree", "Make.Select(item => item.Name?.Length)"),
        new("An expression uses with", Compiler, "with-expression", "expression tree", "Make.Select(item => item with { Price = 1 })"),
        new("An expression is a switch", Compiler, "switch expression", "expression tree", "Make.Select(item => item.Name switch { \"a\" => 1, _ => 2 })"),
        new("An expression is a collection expression", Compiler, "collection expression", "expression tree", "Make.Select<Nothing, Item, string[]>(item => [item.Name])"),
        new("An expression is a pattern", Compiler, "pattern", "expression tree", "Make.Select(item => item.Name is { Length: > 3 })"),
        new("An expression is a tuple", Compiler, "tuple", "expression tree", "Make.Select(item => (item.Name, item.Price))"),
        new("An expression throws", Compiler, "throw", "expression tree", "Make.Select(item => item.Name ?? throw new Exception())"),
        new("An expression has statements", Compiler, "statement body", "expression tree", "Make.Select(item => { return item.Name; })"),
        new("An expression awaits", Compiler, "Async lambda", "expression tree", "Make.Select(async item => await Task.FromResult(item.Name))"),
        new("An expression assigns", Compiler, "assignment", "expression tree", new("Make.Select(item => total = item.Price)") { Members = "static decimal total;" }),
        new("A pattern of a regex comes from the payload", Compilation, "its pattern is not known beforehand", step, "Make.Select(item => Regex.IsMatch(\"a\", item.Name))"),
        new("An object is made by its constructor alone", Compilation, "the parameter 'number' of its constructor is no member", step, new("Make.Select(item => new Customer(item.Name, 1))") { Types = "public sealed class Customer { public Customer(string name, int number) { Name = name; Email = $\"{name}{number}\"; } public string Name { get; init; } public string Email { get; init; } }" }),
        new("Objects are compared by reference", Compilation, "compared by reference", "Compare the members", new("Make.Select(item => item.Tags == other)") { Members = "static readonly string[] other = [\"a\"];" }),
        new("A format is not known", Compilation, "no counterpart of the format 'C'", "Use F, N, D", "Make.Select(item => item.Price.ToString(\"C\", CultureInfo.InvariantCulture))"),
        new("A text holds an element that can be null", Analyzer, "'note' can be null", "'note ?? \"\"'", new("Notes.Select(notes => notes.Select(note => $\"[{note}]\").ToArray())") { Members = "static readonly Step<Nothing, string?[]> Notes = new(_ => [null]);" }),
        new("A text joins elements that can be null", Analyzer, "'notes' can have elements that are null", "Select(item => item ?? \"\")", new("Notes.Select(notes => string.Join(\", \", notes))") { Members = "static readonly Step<Nothing, string?[]> Notes = new(_ => [null]);" }),
        new("An expression joins values without an array", Compiler, "an expression tree has no params span", "new[]", "Make.Select(item => string.Join(\", \", item.Name, item.Name))"),
        new("A text holds an object", Compilation, "a text of Item is not in its JSON", "Say which members", "Make.Select(item => $\"{item}\")"),
    ];
}
