using static Orkestra.Mistakes.Tests.Stage;

namespace Orkestra.Mistakes.Tests.Kinds;

/// <summary>Switches, loops, sagas, callbacks, nested workflows, services and outcomes.</summary>
internal static class FormMistakes
{
    const string status = "public enum Status { New = 1, Paid = 2 } public record Order(string Id, Status Status); ";
    const string orders = "static readonly Step<Item, Order> Check = new(item => new(item.Name, Status.New)); static readonly Step<Order, string> Ship = new(order => order.Id); static readonly Step<Order, int> Count = new(_ => 1); ";

    public static IReadOnlyList<Mistake> All { get; } =
    [
        // Switches.
        Order("The cases of a switch give different types", Compiler, "'Count' gives int, but the cases before it give string", "'.As<object?>()' on each", "Check.Switch(order => order.Status).Case(Status.New, Ship).Case(Status.Paid, Count)"),
        Order("The default of a switch gives another type", Compiler, "'Count' gives int, but the cases before it give string", ".Select(…)", "Check.Switch(order => order.Status).Case(Status.New, Ship).Default(Count)"),
        Order("A case of a switch takes another type", Compiler, "'Length' takes string, but 'Switch' gives Order", ".Select(", "Check.Switch(order => order.Status).Case(Status.New, Length).Default(Count)"),
        Order("A case compares with a value of another type", Compiler, "The case '\"New\"' is string, but the switch is over Status", "give a value of Status", "Check.Switch(order => order.Status).Case(\"New\", Ship).Default(Ship)"),
        Order("A switch forgets a case", Analyzer, "no case for Status.Paid", "add it, or .Default(…)", "Check.Switch(order => order.Status).Case(Status.New, Ship)"),
        Order("A switch over a text has no default", Analyzer, "The cases of a switch over string", "add .Default(…)", "Check.Switch(order => order.Id).Case(\"a\", Ship)"),
        Order("A case by type is of another type", Compiler, "'Length' takes string, which is no Order", "a type derived from", "Check.Switch().Case(Length).Default(Count)"),
        Order("A value has two cases", Compilation, "never takes its case Status.New", "Remove it", "Check.Switch(order => order.Status).Case(Status.New, Ship).Case(Status.New, Ship).Default(Ship)"),
        Order("A switch has no case", Compiler, "is a switch without cases", "'.Default(…)' for the others", "Check.Switch(order => order.Status) >> Ship"),
        Order("The default comes before a case", Compiler, "is a flow, which has all its cases", "write '.Case(…)' before '.Default(…)'", "Check.Switch(order => order.Status).Case(Status.New, Ship).Default(Ship).Case(Status.Paid, Ship)"),

        // Loops.
        new("A loop gives another type than it takes", Compiler, "takes Item and gives string", "let it give Item", "Make >> NameOf.RepeatUntil(text => text.Length > 3)"),
        new("A loop has a limit of zero", Compilation, "limit ('0')", "greater than or equal to '1'", "Make >> AddPrice.RepeatUntil(item => item.Price > 3, limit: 0)"),
        new("A loop waits for less than a second", Compilation, "The pause of 'AddPrice.RepeatUntil", "whole number of seconds", "Make >> AddPrice.RepeatUntil(item => item.Price > 3, wait: TimeSpan.FromMilliseconds(20))"),
        new("A poll gives up before it asks again", Compilation, "gives up after 00:01:00, before its second call", "choose a longer time", "Make >> NameOf.PollUntil(text => text.Length > 3, every: TimeSpan.FromMinutes(5), giveUpAfter: TimeSpan.FromMinutes(1))"),
        new("A poll does not wait", Compilation, "The pause of 'NameOf.PollUntil", "whole number of seconds", "Make >> NameOf.PollUntil(text => text.Length > 3, every: TimeSpan.Zero)"),

        // Recovery.
        new("The compensation of a step takes another type", Compiler, "'Increment' takes int, but undoes 'NameOf', which gives string", "let it take string", "Make >> NameOf.CompensateWith(Increment) >> Length"),
        new("The flow of a Finally takes another type", Compiler, "'Length' takes string, but Finally gives it", "let it take Item (or object?)", "Make >> NameOf.Finally(Length) >> Length"),
        new("The last part of a chain has a compensation", Compilation, "has nothing after it in its chain that could fail", "remove .CompensateWith", "Make >> AddPrice >> NameOf.CompensateWith(Length)"),
        new("What fails is around the chain of a compensation", Compilation, "has nothing after it in its chain that could fail", "into the same chain", "Make >> Workflow.Try(AddPrice >> NameOf.CompensateWith(Length)) >> Length"),
        new("A compensation stands in a choice", Compilation, "is inside a choice", "Put it on a part of the chain itself", "Make >> AddPrice.When(item => item.Price > 3, AddPrice.CompensateWith(Done))"),
        new("A handler reads a member that the exception does not have", Compiler, "'InvalidOperationException'", "definition for 'Advice'", "Make >> NameOf.Catch<InvalidOperationException>((item, error) => error.Advice)"),
        new("A handler reads a member without data", Compilation, "'StackTrace' of an exception does not travel", "Read Message or a property", "Make >> NameOf.Catch<InvalidOperationException>((item, error) => error.StackTrace!)"),
        new("A handler of values gives another type", Compiler, "'decimal'", "'string'", "Make >> NameOf.Catch<InvalidOperationException>((item, error) => item.Price)"),
        new("A failure is thrown again outside of a handler", Compiler, "'Flow.Rethrow<Item>()' takes Failure", "change the type of one of them", "Make >> Flow.Rethrow<Item>()"),
        new("A retry catches what the step does not throw", Analyzer, "never sees FormatException", "add the exception to Throws of 'Charge'", new("Make >> Charge.Retry<FormatException>(3)") { Members = "static readonly Step<Item, Item> Charge = new(item => item) { Throws = [typeof(IOException)] };" }),
        new("Throws names something else", Compilation, "Throws of step 'Charge' names String, which is no exception", "name types that derive from Exception", new("Make >> Charge") { Members = "static readonly Step<Item, Item> Charge = new(item => item) { Throws = [typeof(string)] };" }),
        new("The longest delay is shorter than the first", Compilation, "waits 00:00:10 at first, but its longest interval is 00:00:05", "choose a longest interval", "Make >> AddPrice.Retry(3, TimeSpan.FromSeconds(10), maxDelay: TimeSpan.FromSeconds(5))"),

        // Callbacks, nested workflows, fusing.
        new("A callback's heartbeat is longer than its timeout", Compilation, "The heartbeat of the callback of 'Ask'", "shorter than its timeout", new("Make >> Ask.WaitForCallback<Item>(TimeSpan.FromDays(1), TimeSpan.FromDays(2))") { Members = "static readonly Step<Item, Nothing> Ask = new((item, context) => { Console.Error.WriteLine(context.TaskToken); return default; });" }),
        new("The step of a callback runs in a worker", Compilation, "its step runs in a worker", "Remove .WaitForCallback", new("Make >> Ask.WaitForCallback<Item>(TimeSpan.FromDays(1)).As<object?>()") { Members = "static readonly Step<Item, Nothing> Ask = new((item, context) => { Console.WriteLine(context.TaskToken); }) { Host = StepHost.Worker };" }),
        new("A step without a context waits for a callback", Compilation, "'Done' can't hand out the token", "a step that takes a StepContext", "Make >> Done.WaitForCallback<Item>()"),
        new("A chain waits for a callback", Compilation, "'AddPrice >> Done' can't hand out the token", "a step that takes a StepContext", "Make >> (AddPrice >> Done).WaitForCallback<Item>()"),
        new("A nested workflow takes another type", Compiler, "'new Other().AsStep()' takes Item, but 'NameOf' gives string", ".Select(", new("Make >> NameOf >> new Other().AsStep()") { Types = "public sealed class Other : Workflow<Item, string> { public override Flow<Item, string> Define() => NameOf; }" }),
        new("A workflow that is started and left is read", Compiler, "'Increment' takes int, but 'new Other().AsDetachedStep()' gives string", ".Select(", new("Make >> new Other().AsDetachedStep() >> Increment") { Types = "public sealed class Other : Workflow<Item, string> { public override Flow<Item, string> Define() => NameOf; }" }),
        new("A fused chain has a wait", Compilation, "because 'Wait(00:00:01)' isn't a step", "only a chain of steps", "Make >> (AddPrice >> Wait.For(TimeSpan.FromSeconds(1)) >> AddPrice).Fused()"),
        new("A fused chain has branches", Compilation, "because 'All(AddPrice, NameOf)' isn't a step", "only a chain of steps", "Make >> (AddPrice >> Workflow.All(AddPrice, NameOf)).Fused()"),
        new("A fused chain has a worker's step", Compilation, "only some of its steps run in a worker", "the same Host", new("Make >> (AddPrice >> Far).Fused()") { Members = "static readonly Step<Item, Item> Far = new(item => item) { Host = StepHost.Worker };" }),

        // Services.
        Service("A service is not known", Compilation, "no optimized integration of a service 'dynamo'", "aws-sdk:dynamo:putItem", "Aws.Step<Item, object>(\"dynamo:putItem\", item => new { item.Name })"),
        Service("An action of a service is misspelt", Compilation, "has no action 'putItems'", "it has deleteItem, getItem, putItem, updateItem", "Aws.Step<Item, object>(\"dynamodb:putItems\", item => new { item.Name })"),
        Service("A required argument of a service is missing", Compilation, "the required parameter QueueUrl", "Add it to the arguments", "Aws.Step<Item, object>(\"sqs:sendMessage\", item => new { MessageBody = item.Name })"),
        Service("An argument of a service is misspelt", Compilation, "the required parameter QueueUrl", "Add it to the arguments", "Aws.Step<Item, object>(\"sqs:sendMessage\", item => new { QueueURL = \"q\", MessageBody = item.Name })"),
        Service("A service cannot be waited for", Compilation, "sqs:sendMessage has no pattern '.sync'", "it has request and response, .waitForTaskToken", "Aws.Step<Item, object>(\"sqs:sendMessage.sync\", item => new { QueueUrl = \"q\", MessageBody = item.Name })"),
        Service("A call is not an action", Compilation, "'sendMessage' is not an action of a service", "write it as \"service:action\"", "Aws.Step<Item, object>(\"sendMessage\", item => new { QueueUrl = \"q\" })"),

        // Outcomes.
        new("The values of what is no outcome are taken", Compiler, "'NameOf.Map()' gives string[]", "use '.MapOutcomes()'", "Many >> NameOf.Map().Values()"),
        new("One outcome is rethrown as many", Compiler, "'NameOf.Capture()' gives one", "'.Rethrow()' to fail with its error", "Make >> NameOf.Capture().Values()"),
        new("An outcome's value is used as it is", Compiler, "'Outcome<string>'", "definition for 'Length'", "Make >> NameOf.Capture().Select(outcome => outcome.Length)"),

        // Others.
        new("A step awaits nothing", Analyzer, "The step 'Save' is done before 'WriteAsync' is", "write 'await WriteAsync(item);'", new("Make >> Save") { Members = "static Task WriteAsync(Item item) => Task.CompletedTask; static readonly Step<Item, Item> Save = new(item => { WriteAsync(item); return item; });" }),
        new("A step forgets an await in a record", Analyzer, "'Price' is a task that was not awaited", "'await FindAsync(item)'", new("Make >> Load") { Types = "public record Loaded(string Name, object? Price);", Members = "static Task<decimal> FindAsync(Item item) => Task.FromResult(item.Price); static readonly Step<Item, Loaded> Load = new(item => new Loaded(item.Name, FindAsync(item)));" }),
        new("A step is async and void", Analyzer, "The step 'Save' is done before 'WriteAsync' is", "let 'WriteAsync' return Task", new("Make >> Save") { Members = "static async void WriteAsync(Item item) => await Task.Delay(1); static readonly Step<Item, Nothing> Save = new(WriteAsync);" }),
        new("A step's state is a static property", Analyzer, "changes the static property 'Count1'", "Pass the value in the payload", new("Make >> Count") { Members = "static int Count1 { get; set; } static readonly Step<Item, int> Count = new(_ => Count1 += 1);" }),
        new("A step fills a static list", Analyzer, "changes the static collection 'seen'", "Pass the value in the payload", new("Make >> Note") { Members = "static readonly List<Item> seen = []; static readonly Step<Item, Item> Note = new(item => { seen.Add(item); return item; });" }),
        new("A step keeps a static dictionary", Analyzer, "changes the static collection 'seen'", "Pass the value in the payload", new("Make >> Note") { Members = "static readonly Dictionary<string, Item> seen = []; static readonly Step<Item, Item> Note = new(item => { seen[item.Name] = item; return item; });" }),
        new("Map is on the last step alone", Compiler, "'AddPrice' takes Item, but 'Many' gives Item[]", "'AddPrice.Map()'", "Many >> AddPrice >> NameOf.Map()"),
        new("A workflow's output is not what Define ends with", Compiler, "after which it gives Item", "or declare Flow<…, Item>", new("Make >> AddPrice") { Ends = "Nothing, Item[]" }),
        new("A payload's property is only set by its constructor under another name", Analyzer, "parameter 'customer' belongs to no public member", "Name it like the member it fills", new("Make >> Buy >> Pay") { Types = "public class Order { public Order(string customer) { Name = customer; } public string Name { get; } }", Members = "static readonly Step<Item, Order> Buy = new(Order (Item _) => default!); static readonly Step<Order, int> Pay = new(_ => 1);" }),
    ];

    static Mistake Order(string name, Stage stage, string thing, string fix, string flow) => new(name, stage, thing, fix, new($"Make >> {flow}") { Types = status, Members = orders });

    static Mistake Service(string name, Stage stage, string thing, string fix, string call) => new(name, stage, thing, fix, new($"Make >> Orkestra.Authoring.Services.{call}"));
}
