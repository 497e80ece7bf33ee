using static Orkestra.Mistakes.Tests.Stage;

namespace Orkestra.Mistakes.Tests.Kinds;

/// <summary>Mistakes that were tried after the others were refused: each kind that was silent then is refused now.</summary>
internal static class FurtherMistakes
{
    public static IReadOnlyList<Mistake> All { get; } =
    [
        new("A step's task has no result", Compiler, "x", "x", new("Make >> Wait0") { Members = "static readonly Step<Item, int> Wait0 = new(_ => Task.Delay(1));" }),
        new("A step's lambda ends without a value", Compiler, "x", "x", new("Make >> Save") { Members = "static readonly Step<Item, int> Save = new(async item => { await Task.Delay(1); });" }),
        new("A step's method is void", Compiler, "x", "x", new("Make >> Save") { Members = "static void Write(Item item) { } static readonly Step<Item, int> Save = new(Write);" }),
        new("A step's field is a lambda", Compiler, "x", "x", new("Make >> Same") { Members = "static readonly Step<Item, Item> Same = item => item;" }),
        new("A step is made of another step", Compiler, "x", "x", new("Make >> Same") { Members = "static readonly Step<Item, Item> Same = new(AddPrice);" }),
        new("A step has one type", Compiler, "x", "x", new("Make >> Same") { Members = "static readonly Step<Item> Same = new(item => item);" }),
        new("Steps are joined with +", Compiler, "x", "x", "Make + AddPrice"),
        new("Steps are joined with >", Compiler, "x", "x", "Make > AddPrice"),
        new("Steps are joined with &&", Compiler, "x", "x", "Make && AddPrice"),
        new("Steps are joined with Then", Compiler, "x", "x", "Make.Then(AddPrice)"),
        new("A chain is extended with >>=", Compiler, "x", "x", new("Rest()") { Members = "static Flow<Nothing, Item> Rest() { var flow = Make >> AddPrice; flow >>= NameOf; return flow; }" }),
        new("A step is awaited", Compiler, "x", "x", "await Make"),
        new("A Map begins a workflow of one item", Compiler, "x", "x", new("AddPrice.Map()") { Ends = "Item, Item" }),
        new("A When has no branch", Compiler, "x", "x", "Make.When(item => item.Price > 100)"),
        new("A condition is a text", Compiler, "x", "x", "Make.When(\"Price > 100\", AddPrice)"),
        new("A retry is a duration", Compiler, "x", "x", "Make.Retry(TimeSpan.FromSeconds(3))"),
        new("A catch names no exception", Compiler, "x", "x", "Make.Catch(Undo)"),
        new("A wait is a number", Compiler, "x", "x", "Make >> Wait.For(5)"),
        new("A wait is negative", Compilation, "x", "x", "Make >> Wait.For(TimeSpan.FromSeconds(-5))"),
        new("An error has no name", Compilation, "x", "x", "Make >> Flow.Fail<Item, Item>(\"\")"),
        new("A heartbeat is longer than the timeout", Compilation, "x", "x", new("Make >> Slow") { Members = "static readonly Step<Item, Item> Slow = new(item => item) { Timeout = TimeSpan.FromSeconds(10), Heartbeat = TimeSpan.FromSeconds(20) };" }),
        new("A step has too little memory", Compilation, "x", "x", new("Make >> Slow") { Members = "static readonly Step<Item, Item> Slow = new(item => item) { Memory = 64 };" }),
        new("A step sets a variable of Lambda", Compilation, "x", "x", new("Make >> Slow") { Members = "static readonly Step<Item, Item> Slow = new(item => item) { Environment = new Dictionary<string, string> { [\"AWS_REGION\"] = \"eu-west-1\" } };" }),
        new("A variable's name has a dash", Compilation, "x", "x", new("Make >> Slow") { Members = "static readonly Step<Item, Item> Slow = new(item => item) { Environment = new Dictionary<string, string> { [\"table-name\"] = \"orders\" } };" }),
        new("A step's variables are too large", Compilation, "x", "x", new("Make >> Slow") { Members = "static readonly Step<Item, Item> Slow = new(item => item) { Environment = new Dictionary<string, string> { [\"PROMPT\"] = new string('x', 5000) } };" }),
        new("A step's description is too long", Compilation, "x", "x", new("Make >> Slow") { Members = "static readonly Step<Item, Item> Slow = new(item => item) { Description = new string('x', 300) };" }),
        Payload("A payload's dictionary has objects as keys", Analyzer, "public record Order(Dictionary<Item, int> Stock);"),
        Payload("A payload holds an exception", Analyzer, "public record Order(Exception Error);"),
        Payload("A payload holds a service", Analyzer, "public record Order(System.Net.Http.HttpClient Client);"),
        Payload("A payload holds a lazy value", Analyzer, "public record Order(Lazy<int> Total);"),
        Payload("Two members have one JSON name", Analyzer, "public record Order(string Name) { public int name { get; init; } }"),
        Payload("Two members are given one JSON name", Analyzer, "public record Order([property: JsonPropertyName(\"n\")] string First, [property: JsonPropertyName(\"n\")] string Last);"),
        Payload("A payload's constructor is private", Analyzer, "public class Order { Order() { } public int Total { get; init; } }"),
        Payload("A payload holds a pointer", Analyzer, "public record Order(IntPtr Handle);"),
        Payload("A payload holds a multicast of text", Analyzer, "public record Order(System.Text.StringBuilder Text);"),
        Payload("A payload holds a regular expression", Analyzer, "public record Order(Regex Pattern);"),
        Payload("A payload holds a culture", Analyzer, "public record Order(CultureInfo Culture);"),
        new("A step gives NaN", Run, "x", "x", new("Make >> Ratio") { Members = "static readonly Step<Item, double> Ratio = new(_ => double.NaN);" }),
        new("An expression awaits a task", Analyzer, "x", "x", "Make.Select(item => Task.FromResult(item))"),
        new("The host is given a payload", Compiler, "x", "x", new("") { Whole = "public sealed record Item(string Name); static class Program { static async Task<int> Main(string[] args) => await OrkestraHost.RunAsync<Item>(args); }" }),
        new("The host is given a workflow with a constructor", Compiler, "x", "x", new("") { Whole = "public sealed class Mine(int count) : Workflow<int, int> { static readonly Step<int, int> Same = new(number => number); public override Flow<int, int> Define() => Same.Select(number => number + count); } static class Program { static async Task<int> Main(string[] args) => await OrkestraHost.RunAsync<Mine>(args); }" }),
        new("The run of the host is not awaited", Analyzer, "x", "x", new("") { Whole = "public sealed class Mine : Workflow<int, int> { static readonly Step<int, int> Same = new(number => number); public override Flow<int, int> Define() => Same; } static class Program { static void Main(string[] args) { OrkestraHost.RunAsync<Mine>(args); } }" }),
    ];

    static Mistake Payload(string name, Stage stage, string types) =>
        new(name, stage, "Order", "x", new("Make >> Buy >> Pay") { Types = types, Members = "static readonly Step<Item, Order> Buy = new(Order (Item _) => default!); static readonly Step<Order, int> Pay = new(_ => 1);" });
}
