using static Orkestra.Mistakes.Tests.Stage;

namespace Orkestra.Mistakes.Tests.Kinds;

/// <summary>Mistakes that were tried after the others were refused: each kind that was silent then is refused now.</summary>
internal static class FurtherMistakes
{
    public static IReadOnlyList<Mistake> All { get; } =
    [
        new("A step's task has no result", Analyzer, "The step 'Wait0' is to give int, but its function gives no value", "or declare the step as Step<Item, Nothing>", new("Make >> Wait0") { Members = "static readonly Step<Item, int> Wait0 = new(_ => Task.Delay(1));" }),
        new("A step's lambda ends without a value", Analyzer, "The step 'Save' is to give int", "await the task and return int", new("Make >> Save") { Members = "static readonly Step<Item, int> Save = new(async item => { await Task.Delay(1); });" }),
        new("A step's method is void", Analyzer, "The step 'Save' is to give int", "return int", new("Make >> Save") { Members = "static void Write(Item item) { } static readonly Step<Item, int> Save = new(Write);" }),
        new("A step's field is a lambda", Compiler, "'Step<Item, Item>'", "not a delegate type", new("Make >> Same") { Members = "static readonly Step<Item, Item> Same = item => item;" }),
        new("A step is made of another step", Compiler, "'Orkestra.Authoring.Step<Item, Item>'", "'System.Func<Item, Item>'", new("Make >> Same") { Members = "static readonly Step<Item, Item> Same = new(AddPrice);" }),
        new("A step has one type", Compiler, "'Step'", "type arguments", new("Make >> Same") { Members = "static readonly Step<Item> Same = new(item => item);" }),
        new("Steps are joined with +", Compiler, "'+' does not join flows", "'Make >> AddPrice'", "Make + AddPrice"),
        new("Steps are joined with >", Compiler, "'>' does not join flows", "'Make >> AddPrice'", "Make > AddPrice"),
        new("Steps are joined with &&", Compiler, "'&&' does not join flows", "'Make >> AddPrice'", "Make && AddPrice"),
        new("Steps are joined with Then", Compiler, "Flows are joined with '>>'", "write 'Make >> AddPrice'", "Make.Then(AddPrice)"),
        new("A chain is extended with >>=", Compiler, "'flow' stays a flow that gives Item, but behind 'NameOf' it gives string", "write 'var … = flow >> NameOf;'", new("Rest()") { Members = "static Flow<Nothing, Item> Rest() { var flow = Make >> AddPrice; flow >>= NameOf; return flow; }" }),
        new("A step is awaited", Compiler, "'Step<Nothing, Item>'", "'await'", "await Make"),
        new("A Map begins a workflow of one item", Compiler, "'AddPrice.Map()' takes Item[] instead of Item and gives Item[] instead of Item", "or declare Flow<Item[], Item[]>", new("AddPrice.Map()") { Ends = "Item, Item" }),
        new("A When has no branch", Compiler, "'When'", "1 arguments", "Make.When(item => item.Price > 100)"),
        new("A condition is a text", Compiler, "'string'", "'System.Linq.Expressions.Expression<System.Func<Item, bool>>'", "Make.When(\"Price > 100\", AddPrice)"),
        new("A retry is a duration", Compiler, "'System.TimeSpan'", "'int'", "Make.Retry(TimeSpan.FromSeconds(3))"),
        new("A catch names no exception", Compiler, "A Catch says which exception it is for", "write '.Catch<Exception>(Undo)'", "Make.Catch(Undo)"),
        new("A wait is a number", Compiler, "'int'", "'System.TimeSpan'", "Make >> Wait.For(5)"),
        new("A wait is negative", Compilation, "A wait is -00:00:05", "whole number of seconds between 1", "Make >> Wait.For(TimeSpan.FromSeconds(-5))"),
        new("An error has no name", Compilation, "The error has no name", "such as", "Make >> Flow.Fail<Item, Item>(\"\")"),
        new("A heartbeat is longer than the timeout", Compilation, "The heartbeat of step 'Slow' is 00:00:20", "shorter than the step's timeout", new("Make >> Slow") { Members = "static readonly Step<Item, Item> Slow = new(item => item) { Timeout = TimeSpan.FromSeconds(10), Heartbeat = TimeSpan.FromSeconds(20) };" }),
        new("A step has too little memory", Compilation, "The step 'Slow' has Memory = 64", "128 to 10240 MB", new("Make >> Slow") { Members = "static readonly Step<Item, Item> Slow = new(item => item) { Memory = 64 };" }),
        new("A step sets a variable of Lambda", Compilation, "'AWS_REGION'", "give it another name", new("Make >> Slow") { Members = "static readonly Step<Item, Item> Slow = new(item => item) { Environment = new Dictionary<string, string> { [\"AWS_REGION\"] = \"eu-west-1\" } };" }),
        new("A variable's name has a dash", Compilation, "'table-name'", "give it another name", new("Make >> Slow") { Members = "static readonly Step<Item, Item> Slow = new(item => item) { Environment = new Dictionary<string, string> { [\"table-name\"] = \"orders\" } };" }),
        new("A step's variables are too large", Compilation, "have 5006 bytes", "parameter store", new("Make >> Slow") { Members = "static readonly Step<Item, Item> Slow = new(item => item) { Environment = new Dictionary<string, string> { [\"PROMPT\"] = new string('x', 5000) } };" }),
        new("A step's description is too long", Compilation, "has 300 characters", "shorten it", new("Make >> Slow") { Members = "static readonly Step<Item, Item> Slow = new(item => item) { Description = new string('x', 300) };" }),
        Payload("A payload's dictionary has objects as keys", Analyzer, "has Item as its keys", "a list of records", "public record Order(Dictionary<Item, int> Stock);"),
        Payload("A payload holds an exception", Analyzer, "'Error' of Order is Exception", "such as a record", "public record Order(Exception Error);"),
        Payload("A payload holds a service", Analyzer, "'Client' of Order is HttpClient", "such as a record", "public record Order(System.Net.Http.HttpClient Client);"),
        Payload("A payload holds a lazy value", Analyzer, "'Total' of Order is Lazy<int>", "such as a record", "public record Order(Lazy<int> Total);"),
        Payload("Two members have one JSON name", Compilation, "'Order.name' collides", "[JsonPropertyName]", "public record Order(string Name) { public int name { get; init; } }"),
        Payload("Two members are given one JSON name", Compilation, "'Order.n' collides", "[JsonPropertyName]", "public record Order([property: JsonPropertyName(\"n\")] string First, [property: JsonPropertyName(\"n\")] string Last);"),
        Payload("A payload's constructor is private", Analyzer, "Order cannot be read", "[JsonConstructor]", "public class Order { Order() { } public int Total { get; init; } }"),
        Payload("A payload holds a pointer", Analyzer, "'Handle' of Order is nint", "such as a record", "public record Order(IntPtr Handle);"),
        Payload("A payload holds a text builder", Analyzer, "'Text' of Order is StringBuilder", "such as a record", "public record Order(System.Text.StringBuilder Text);"),
        Payload("A payload holds a regular expression", Analyzer, "'Pattern' of Order is Regex", "such as a record", "public record Order(Regex Pattern);"),
        Payload("A payload holds a culture", Analyzer, "'Culture' of Order is CultureInfo", "such as a record", "public record Order(CultureInfo Culture);"),
        new("A step gives NaN", Run, "Step 'Ratio'", "AllowNamedFloatingPointLiterals", new("Make >> Ratio") { Members = "static readonly Step<Item, double> Ratio = new(_ => double.NaN);" }),
        new("An expression awaits a task", Analyzer, "'Task.FromResult(item)' cannot become JSONata", "Use a Step for it.", "Make.Select(item => Task.FromResult(item))"),
        new("The host is given a payload", Compiler, "'Item'", "'Orkestra.Authoring.Workflow'", new("") { Whole = "public sealed record Item(string Name); static class Program { static async Task<int> Main(string[] args) => await OrkestraHost.RunAsync<Item>(args); }" }),
        new("The host is given a workflow with a constructor", Compiler, "'Mine'", "parameterless constructor", new("") { Whole = "public sealed class Mine(int count) : Workflow<int, int> { static readonly Step<int, int> Same = new(number => number); public override Flow<int, int> Define() => Same.Select(number => number + count); } static class Program { static async Task<int> Main(string[] args) => await OrkestraHost.RunAsync<Mine>(args); }" }),
        new("RunAsync of the host is not awaited", Analyzer, "exits with 0", "return await", new("") { Whole = "public sealed class Mine : Workflow<int, int> { static readonly Step<int, int> Same = new(number => number); public override Flow<int, int> Define() => Same; } static class Program { static void Main(string[] args) { OrkestraHost.RunAsync<Mine>(args); } }" }),
    ];

    static Mistake Payload(string name, Stage stage, string thing, string fix, string types) =>
        new(name, stage, thing, fix, new("Make >> Buy >> Pay") { Types = types, Members = "static readonly Step<Item, Order> Buy = new(Order (Item _) => default!); static readonly Step<Order, int> Pay = new(_ => 1);" });
}
