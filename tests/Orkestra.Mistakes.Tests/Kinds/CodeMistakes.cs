using static Orkestra.Mistakes.Tests.Stage;

namespace Orkestra.Mistakes.Tests.Kinds;

/// <summary>What steps and definitions do in C# that is fine elsewhere.</summary>
internal static class CodeMistakes
{
    public static IReadOnlyList<Mistake> All { get; } =
    [
        // Functions that no step can have.
        Method("A step's method has a ref parameter", "'Change' takes 'item' by reference", "let it return all that is passed on", "static Item Change(ref Item item) => item;"),
        Method("A step's method has an out parameter", "'Change' takes 'count' by reference", "let it return all that is passed on", "static Item Change(Item item, out int count) { count = 1; return item; }"),
        Method("A step's method has an optional parameter", "'Change' has optional parameters", "write 'input => Change(input)'", "static Item Change(Item item, int count = 1) => item;"),
        Method("A step's method has params", "'Change' has 'params'", "write 'input => Change(input)'", "static Item Change(params Item[] items) => items[0];"),
        Method("A step's method takes two values", "'Change' takes 2 values", "pass a record that holds them", "static Item Change(Item item, string name) => item;"),
        Method("A step's method takes nothing", "'Change' takes nothing", "write '_ => Change()'", "static Item Change() => new(\"lamp\", 1);"),
        Method("A step's method takes a cancellation token", "'Change' takes the CancellationToken 'stop'", "'(input, context) => Change(input, context.CancellationToken)'", "static async Task<Item> Change(Item item, CancellationToken stop) { await Task.Delay(1, stop); return item; }"),
        Method("A step's method takes the context first", "'Change' takes the StepContext first", "let it take (Item, StepContext)", "static Item Change(StepContext context, Item item) => item;"),
        Method("A step's method gives a ValueTask", "'Change' gives a ValueTask", "let it return Task<Item>", "static async ValueTask<Item> Change(Item item) { await Task.Delay(1); return item; }"),
        Method("A step's method takes another type", "'Change' takes string, but the step takes Item", "declare it as Step<string, …>", "static Item Change(string name) => new(name, 1);"),
        Method("A step's method gives another type", "'Change' gives string, but the step gives Item", "let it return Item", "static string Change(Item item) => item.Name;"),
        Method("A step's asynchronous method gives another type", "'Change' gives string, but the step gives Item", "let it return Item", "static Task<string> Change(Item item) => Task.FromResult(item.Name);", Analyzer),
        new("A step's lambda takes three values", Compiler, "is given its input and, if it takes one, a StepContext", "write '(input, context) => …'", Body("new((item, context, stop) => item)")),
        new("A step's lambda takes nothing", Compiler, "The function of a step is given its input, Item", "write '_ => new Item(\"lamp\", 1)'", Body("new(() => new Item(\"lamp\", 1))")),
        new("A step is asynchronous and yields", Compilation, "Step 'S' gives IAsyncEnumerable<int>", "use a list or an array", new("Make >> S") { Members = "static readonly Step<Item, IAsyncEnumerable<int>> S = new(Change); static async IAsyncEnumerable<int> Change(Item item) { await Task.Delay(1); yield return 1; }" }),
        new("A step's method counts in a static field", Analyzer, "changes the static field 'count'", "Pass the value in the payload", new("Make >> S") { Members = "static int count; static readonly Step<Item, Item> S = new(Change); static Item Change(Item item) { count++; return item; }" }),

        // Threads and the process.
        new("A step waits for the result of a task", Hint, "blocks its thread with 'Task.FromResult(item).Result'", "write 'await Task.FromResult(item)'", Body("new(item => Task.FromResult(item).Result)")),
        new("A step waits for a task", Hint, "blocks its thread with 'Task.Delay(1).Wait()'", "write 'await Task.Delay(1);'", Body("new(item => { Task.Delay(1).Wait(); return item; })")),
        new("A step gets the result of an awaiter", Hint, "blocks its thread", "write 'await Task.FromResult(item)'", Body("new(item => Task.FromResult(item).GetAwaiter().GetResult())")),
        new("A step sleeps", Hint, "blocks its thread with 'Thread.Sleep(1)'", "'Wait.For(…)'", Body("new(item => { Thread.Sleep(1); return item; })")),
        new("A step ends the process", Analyzer, "The step 'S' calls 'Environment.Exit(1)'", "throw an exception", Body("new(item => { if (item.Price < 0) Environment.Exit(1); return item; })")),
        new("A step fails the process", Analyzer, "The step 'S' calls 'Environment.FailFast(\"no price\")'", "throw an exception", Body("new(item => { if (item.Price < 0) Environment.FailFast(\"no price\"); return item; })")),
        new("A step asks at the console", Analyzer, "has no console to read", "wait for an answer with '.WaitForCallback'", Body("new(item => item with { Tags = [Console.ReadLine()!] })")),
        new("A step awaits in ForEach", Analyzer, "is done before 'async tag => await Task.Delay(1)' is", "await Task.WhenAll(", Body("new(item => { item.Tags.ToList().ForEach(async tag => await Task.Delay(1)); return item; })")),
        new("A task is part of a text", Analyzer, "'FindAsync(item)' is a task that was not awaited, and its text is the name of its type", "write 'await FindAsync(item)'", new("Make >> Tell") { Members = "static Task<string> FindAsync(Item item) => Task.FromResult(item.Name); static readonly Step<Item, string> Tell = new(item => $\"hello {FindAsync(item)}\");" }),
        new("Tasks of a list are counted and not awaited", Analyzer, "The step 'Tell' is done before 'FindAsync' is", "await Task.WhenAll(tasks)", new("Make >> Tell") { Members = "static Task<string> FindAsync(string tag) => Task.FromResult(tag); static readonly Step<Item, int> Tell = new(item => { var tasks = item.Tags.Select(tag => FindAsync(tag)).ToList(); return tasks.Count; });" }),
        new("Two steps read an id of the process", Analyzer, "'RunId'", "payload", new("Make >> First >> Second") { Members = "static readonly string RunId = Guid.NewGuid().ToString(); static readonly Step<Item, string> First = new(item => RunId); static readonly Step<string, bool> Second = new(id => id == RunId);" }),
        new("A step awaits in Parallel.ForEach", Analyzer, "is done before 'async tag => await Task.Delay(1)' is", "await Task.WhenAll(", Body("new(item => { Parallel.ForEach(item.Tags, async tag => await Task.Delay(1)); return item; })")),

        // Values that a definition does not keep.
        Rest("A condition reads the variable of a loop", "'i' changes after this expression is composed", "var own = i;", "for (var i = 0; i < 3; i++) flow = flow.When(item => item.Tags.Length == i, AddPrice); return flow;"),
        Rest("A condition reads a variable that changes later", "'limit' changes after this expression is composed", "var own = limit;", "var limit = 1m; flow = flow.When(item => item.Price > limit, AddPrice); limit = 2m; return flow;"),

        new("An expression reads a property with a time", Analyzer, "'Stamp' is evaluated once", "'.Select(input => DateTimeOffset.UtcNow)'", new("Make.Select(item => item.Name + Stamp)") { Members = "static string Stamp => DateTime.UtcNow.ToString(\"O\");" }),
        new("A workflow's name is another one each time", Compilation, "The name of the workflow Mine is another one each time", "let Name give the same text always", new("Make >> AddPrice") { Members = "static int count; public override string Name => $\"mine{count++}\";" }),
        new("A step is made of a function that is declared below it", Analyzer, "'Same' is declared after 'S' and is still null", "declare 'Same' above it", new("Make >> S") { Members = "static readonly Step<Item, Item> S = new(Same!); static readonly Func<Item, Item> Same = item => item;" }),
        new("A step's timeout is declared below it", Analyzer, "'Longest' is declared after 'S' and is still its default", "declare 'Longest' above it", new("Make >> S") { Members = "static readonly Step<Item, Item> S = new(item => item) { Timeout = Longest }; static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);" }),
        new("A step's variable is a placeholder", Compilation, "The step 'S' sets the environment variable 'TABLE' to '${Table}', but ${Table} is not filled in there", "give the variable its value in Functions or FunctionFor", new("Make >> S") { Members = "static readonly Step<Item, Item> S = new(item => item) { Environment = new Dictionary<string, string> { [\"TABLE\"] = \"${Table}\" } };" }),
        new("A step's variable is null", Compilation, "The step 'S' sets the environment variable 'TABLE' to null", "give it a text", new("Make >> S") { Members = "static readonly Step<Item, Item> S = new(item => item) { Environment = new Dictionary<string, string> { [\"TABLE\"] = Environment.GetEnvironmentVariable(\"NOT_SET_HERE\")! } };" }),
        new("A format of a moment is not known", Compilation, "no counterpart of the format 'dd.MM.yyyy'", "Use a part of 'yyyy-MM-ddTHH:mm:ss'", "Make.Select(item => item.At.ToString(\"dd.MM.yyyy\"))"),
        new("A run is not awaited", Analyzer, "Nothing waits for 'new Mine().RunAsync()'", "write 'await new Mine().RunAsync();'", new("Make >> AddPrice") { Members = "public static void Check() { new Mine().RunAsync(); }" }),
        new("A test is not awaited", Analyzer, "Nothing waits for 'new Orkestra.Testing.WorkflowTest(new Mine()).RunAsync()'", "in a method that is async and returns Task", new("Make >> AddPrice") { Members = "public static void Check() { new Orkestra.Testing.WorkflowTest(new Mine()).RunAsync(); }" }),
        new("A test does not look at its run", Analyzer, "nothing sees how it ends", "ShouldSucceed();'", new("Make >> AddPrice") { Members = "public static async Task CheckAsync() { await new Orkestra.Testing.WorkflowTest(new Mine()).RunAsync(); }" }),
        new("A step discards a task", Analyzer, "The step 'Save' is done before 'WriteAsync' is", "write 'await WriteAsync(item);'", new("Make >> Save") { Members = "static Task WriteAsync(Item item) => Task.CompletedTask; static readonly Step<Item, Item> Save = new(item => { _ = WriteAsync(item); return item; });" }),
        new("A step keeps a task that it does not await", Analyzer, "The step 'Save' is done before 'WriteAsync' is", "write 'await WriteAsync(item);'", new("Make >> Save") { Members = "static Task WriteAsync(Item item) => Task.CompletedTask; static readonly Step<Item, Item> Save = new(item => { var written = WriteAsync(item); return item; });" }),
        new("A step starts a thread", Analyzer, "The step 'Save' is done before 'the thread' is", "write 'await Task.Run(…);'", new("Make >> Save") { Members = "static readonly Step<Item, Item> Save = new(item => { new Thread(() => Console.WriteLine(item.Name)).Start(); return item; });" }),
        new("A step changes its input and gives nothing", Analyzer, "The step 'Approve' changes 'order.Approved', which no other step sees", "return 'order', and let the step give Order", new("Make >> Open >> Approve") { Types = "public class Order { public bool Approved { get; set; } }", Members = "static readonly Step<Item, Order> Open = new(item => new()); static readonly Step<Order, Nothing> Approve = new(order => { order.Approved = true; });" }),
        new("A step changes a list of its input and gives another value", Analyzer, "The step 'Approve' changes 'order.Notes', which no other step sees", "return 'order', and let the step give Order", new("Make >> Open >> Approve") { Types = "public class Order { public List<string> Notes { get; set; } = []; }", Members = "static readonly Step<Item, Order> Open = new(item => new()); static readonly Step<Order, int> Approve = new(order => { order.Notes.Add(\"approved\"); return 1; });" }),
        new("A step follows the end of the run", Compilation, "'AddPrice' is never reached, because 'Succeed' always ends the run before it", "leave it out, or end the run in one way of a When or a Switch only", "Make >> Flow.Succeed<Item, Item>() >> AddPrice"),
        new("An expression and a step follow the end of the run", Compilation, "'Length' is never reached, because 'Succeed' always ends the run before it", "leave it out, or end the run in one way of a When or a Switch only", "Make >> Flow.Succeed<Item, Item>().Select(item => item.Name) >> Length"),
        new("A step follows an error", Compilation, "'AddPrice' is never reached, because 'Fail InvalidOperationException' always ends the run before it", "leave it out, or end the run in one way of a When or a Switch only", "Make >> Flow.Fail<Item, Item>(item => new InvalidOperationException(item.Name)) >> AddPrice"),

        // Guards and tokens.
        new("A Try in a chain has no catch", Analyzer, "This Try(…) catches nothing", "'Try(AddPrice >> AddPrice).Catch<Exception>(…)'", "Make >> Workflow.Try(AddPrice >> AddPrice) >> NameOf"),
        new("A Try around everything has no catch", Analyzer, "This Try(…) catches nothing", "leave out Try", new("Workflow.Try(Make >> AddPrice)") { Ends = "Nothing, Item" }),
        new("A token is taken without a callback", Analyzer, "The step 'Ask' reads TaskToken of its context, which is null", "'Ask.WaitForCallback<…>(…)'", new("Make >> Ask") { Members = "static readonly Step<Item, string> Ask = new((item, context) => context.TaskToken!.ToString());" }),
        new("A token is written into a text without a callback", Analyzer, "The step 'Ask' reads TaskToken of its context, which is null", "'Ask.WaitForCallback<…>(…)'", new("Make >> Ask") { Members = "static readonly Step<Item, string> Ask = new((item, context) => $\"https://example.com/{context.TaskToken}\");" }),
        new("An outcome's value is taken without asking", Compilation, "has no value if 'NameOf' failed", "use '.Rethrow()'", "Make >> NameOf.Capture().Select(outcome => outcome.Value)"),
        new("A member of an outcome's value is taken without asking", Compilation, "has no value if 'NameOf' failed", "leave out '.Capture()'", "Make >> NameOf.Capture().Select(outcome => outcome.Value.Length)"),
        new("One exception is retried twice", Compilation, "'AddPrice' retries IOException after a retry that takes it already", "remove it", "Make >> AddPrice.Retry<IOException>(3).Retry<IOException>(2)"),
        new("A derived exception is retried after its base", Compilation, "'AddPrice' retries FileNotFoundException after a retry that takes it already", "put the one for the more derived exception first", "Make >> AddPrice.Retry<IOException>(3).Retry<FileNotFoundException>(2)"),
        new("A switch has one condition twice", Compilation, "never takes its case item => item.Price > 1", "Remove it, or change its condition", "Make >> AddPrice.Switch().Case(item => item.Price > 1, Hello).Case(item => item.Price > 1, Hello).Default(Hello)"),
        new("A switch has the wider condition first", Compilation, "never takes its case item => item.Price > 5: the case item => item.Price > 1 before it takes all of these", "Put the narrower one first.", "Make >> AddPrice.Switch().Case(item => item.Price > 1, Hello).Case(item => item.Price > 5, Hello).Default(Hello)"),
        new("A switch has a value behind the condition that takes it", Compilation, "never takes its case item => item.Price == 3", "Put the narrower one first.", "Make >> AddPrice.Switch().Case(item => 10 >= item.Price, Hello).Case(item => item.Price == 3, Hello).Default(Hello)"),
        new("A wait takes two years", Compilation, "takes 730.00:00:00, but an execution ends after a year", "choose a shorter time", "Make >> Wait.For(TimeSpan.FromDays(730)) >> Hello"),
        new("A callback may take two years", Compilation, "waits up to 730.00:00:00, but an execution ends after a year", "choose a shorter time", new("Make >> Ask.WaitForCallback<Item>(TimeSpan.FromDays(730))") { Members = "static readonly Step<Item, Nothing> Ask = new((item, context) => { Console.Error.WriteLine(context.TaskToken); return default; });" }),
        new("A workflow may take two years", Compilation, "The timeout of the workflow Mine is 730.00:00:00", "choose 365 days or less", new("Make >> AddPrice") { Members = "public override TimeSpan? Timeout => TimeSpan.FromDays(730);" }),

        // Payloads.
        Payload("A dictionary ignores case", "loses its StringComparer.OrdinalIgnoreCase on the way", "write all keys alike", "public record Order(Dictionary<string, int> Stock);", "new(new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { [\"a\"] = 1 })"),
        Payload("A set ignores case", "loses its StringComparer.OrdinalIgnoreCase on the way", "make it again with the comparer where it is read", "public record Order(HashSet<string> Tags);", "new(new HashSet<string>(StringComparer.OrdinalIgnoreCase) { \"a\" })"),
        new("A variable with a dictionary ignores case", Analyzer, "loses its StringComparer.OrdinalIgnoreCase on the way", "write all keys alike", new("Make >> S") { Members = "static readonly Step<Item, Dictionary<string, int>> S = new(item => { var stock = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase); stock[item.Name] = 1; return stock; });" }),
        new("A dictionary of a query ignores case", Analyzer, "loses its StringComparer.OrdinalIgnoreCase on the way", "write all keys alike", new("Make >> S") { Members = "static readonly Step<Item, Dictionary<string, int>> S = new(item => item.Tags.ToDictionary(tag => tag, tag => 1, StringComparer.OrdinalIgnoreCase));" }),
        Payload("A member begins as a dictionary that ignores case", "'Stock' of Order loses its StringComparer.OrdinalIgnoreCase when it is read", "[JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]", "public class Order { public Dictionary<string, int> Stock { get; init; } = new(StringComparer.OrdinalIgnoreCase); }", "default!"),
        Payload("A payload holds an Int128", "'Number' of Order is Int128, of which no number beyond 64 bits arrives", "a string with all digits", "public record Order(Int128 Number);", "default!"),
        Payload("A payload holds a UInt128", "'Number' of Order is UInt128, of which no number beyond 64 bits arrives", "a string with all digits", "public record Order(UInt128 Number);", "default!"),
        Payload("A payload holds a native number", "'Number' of Order is nuint, which has no JSON form", "pass data between steps", "public record Order(nuint Number);", "default!"),
        Payload("A payload is dynamic", "'Data' of Order is dynamic, but arrives as a JsonElement", "declare a record", "public record Order(dynamic Data);", "default!"),
        new("A step takes dynamic", Analyzer, "What step 'S' takes is dynamic, but arrives as a JsonElement", "declare a record", new("Make >> S") { Members = "static readonly Step<dynamic, string> S = new(order => \"\");" }),
        Payload("A step reads a member that is ignored", "'order.Secret' never arrives in step 'Pay'", "remove the attribute", "public class Order { public string Id { get; init; } = \"\"; [JsonIgnore] public string Secret { get; init; } = \"\"; }", "default!", "order.Secret.Length"),
        Payload("A converter cannot read", "'Read' of MoneyConverter, the converter of Money, only throws NotImplementedException", "make the value of what 'Write' writes", $"{Converter} => throw new NotImplementedException(); public override void Write(System.Text.Json.Utf8JsonWriter writer, Money value, System.Text.Json.JsonSerializerOptions options) => writer.WriteNumberValue(value.Amount); }}", "default!"),
        Payload("A converter cannot write", "'Write' of MoneyConverter, the converter of Money, only throws NotSupportedException", "write what 'Read' reads", $"{Converter} => new(reader.GetInt32()); public override void Write(System.Text.Json.Utf8JsonWriter writer, Money value, System.Text.Json.JsonSerializerOptions options) {{ throw new NotSupportedException(); }} }}", "default!"),
        new("A map is over what is declared to be an array", Compilation, "'AddPrice.Map()' runs for each element of an array, but the payload from step 'Make' is Item", "leave out .Map()", "Make.As<Item[]>() >> AddPrice.Map()"),
        new("An expression has a number beyond 2^53", Compilation, "'9007199254740993' cannot become JSONata: it has more digits than a double", "Use fewer digits, a text, or a Step.", "Make.Select(item => 9007199254740993)"),
        new("An expression has a decimal with too many digits", Compilation, "it has more digits than a double", "Use fewer digits, a text, or a Step.", "Make.Select(item => item.Price * 1.2345678901234567890123m)"),

        // Rows.
        Dataset("A batch goes to a step over one row", "'Import' takes Row, but MapBatches gives it Row[]", "use '.MapEach(…)'", "MapBatches", "static readonly Step<Row, string> Import = new(row => row.Sku);"),
        Dataset("A row goes to a step over a batch", "'Import' takes Row[], but MapEach gives it Row", "use '.MapBatches(…)'", "MapEach", "static readonly Step<Row[], string> Import = new(rows => rows[0].Sku);"),
    ];

    const string Converter = "[JsonConverter(typeof(MoneyConverter))] public record Money(int Amount); public record Order(Money Total); public class MoneyConverter : JsonConverter<Money> { public override Money Read(ref System.Text.Json.Utf8JsonReader reader, Type type, System.Text.Json.JsonSerializerOptions options)";

    static Mistake Method(string name, string thing, string fix, string method, Stage stage = Compiler) => new(name, stage, thing, fix, new("Make >> S") { Members = $"static readonly Step<Item, Item> S = new(Change); {method}" });

    static MistakeProgram Body(string step) => new("Make >> S") { Members = $"static readonly Step<Item, Item> S = {step};" };

    static Mistake Rest(string name, string thing, string fix, string body) =>
        new(name, Analyzer, thing, fix, new("Make >> Rest()") { Members = $"static Flow<Item, Item> Rest() {{ Flow<Item, Item> flow = AddPrice; {body} }}" });

    static Mistake Payload(string name, string thing, string fix, string types, string made, string read = "1") => new(name, Analyzer, thing, fix, new("Make >> Buy >> Pay")
    {
        Types = types,
        Members = $"static readonly Step<Item, Order> Buy = new(Order (Item _) => {made}); static readonly Step<Order, int> Pay = new(order => {read});",
    });

    static Mistake Dataset(string name, string thing, string fix, string map, string step) => new(name, Compiler, thing, fix,
        new($"Up >> Orkestra.Authoring.Datasets.DatasetOperations.{map}(Import, Orkestra.Authoring.Datasets.S3Items.Csv<Upload, Row>(u => u.Bucket, u => u.Key), 5)")
        {
            Types = "public sealed record Upload(string Bucket, string Key); public sealed record Row(string Sku);",
            Members = $"static readonly Step<Nothing, Upload> Up = new(_ => new(\"b\", \"k\")); {step}",
        });
}
