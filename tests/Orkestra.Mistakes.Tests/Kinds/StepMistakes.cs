using static Orkestra.Mistakes.Tests.Stage;

namespace Orkestra.Mistakes.Tests.Kinds;

/// <summary>How steps are declared.</summary>
internal static class StepMistakes
{
    public static IReadOnlyList<Mistake> All { get; } =
    [
        new("A step is made inside Define", Analyzer, "This step is called 'Define'", "static readonly field", "Make >> new Step<Item, Item>(item => item)"),
        new("A step is a local variable", Analyzer, "This step is called 'Rest'", "{ Name = \"…\" }", new("Make >> Rest()") { Members = "static Flow<Item, Item> Rest() { Step<Item, Item> same = new(item => item); return same; }" }),
        new("A step is a property with =>", Analyzer, "The property 'Same' makes a new step each time", "{ get; } =", new("Make >> Same") { Members = "static Step<Item, Item> Same => new(item => item);" }),
        new("A step's field is not readonly", Analyzer, "The step 'Same' can be replaced", "make its field readonly", new("Make >> Same") { Members = "static Step<Item, Item> Same = new(item => item);" }),
        new("A step's field is not static", Analyzer, "The step 'Same' is made again with every Mine", "static readonly", new("Make >> Same") { Members = "readonly Step<Item, Item> Same = new(item => item);" }),
        new("Steps are made in an array", Analyzer, "Several steps in 'Both' have the one name 'Both'", "static readonly field", new("Make >> Both[0] >> Both[1]") { Members = "static readonly Step<Item, Item>[] Both = [new(item => item), new(item => item with { Price = 1 })];" }),
        new("A step is made in a static constructor", Analyzer, "This step has no name", "static readonly field", new("Make >> Same") { Members = "static readonly Step<Item, Item> Same; static Mine() { Same = new(item => item); }" }),
        new("Two steps are given one name", Analyzer, "'First' and 'Second' both have the name 'Check'", "another name", new("Make >> First >> Second") { Members = "static readonly Step<Item, Item> First = new(item => item) { Name = \"Check\" }; static readonly Step<Item, Item> Second = new(item => item with { Price = 1 }) { Name = \"Check\" };" }),
        new("Two classes have steps of one name", Analyzer, "both have the name 'AddPrice'", "another name", new("Make >> AddPrice >> Other.AddPrice") { Types = "public static class Other { public static readonly Step<Item, Item> AddPrice = new(item => item with { Price = 9 }); }" }),
        new("Names differ only in spaces", Analyzer, "both have the name 'AddTax'", "another name", new("Make >> First >> AddTax") { Members = "static readonly Step<Item, Item> First = new(item => item) { Name = \"Add Tax\" }; static readonly Step<Item, Item> AddTax = new(item => item with { Price = 1 });" }),
        new("A name has a slash", Compilation, "'/'", "letters A to Z", new("Make >> Same") { Members = "static readonly Step<Item, Item> Same = new(item => item) { Name = \"a/b\" };" }),
        new("A name begins with a digit", Compilation, "'1st'", "another", new("Make >> Same") { Members = "static readonly Step<Item, Item> Same = new(item => item) { Name = \"1st\" };" }),
        new("A name is empty", Compilation, "has no name", "Name = \"…\"", new("Make >> Same") { Members = "static readonly Step<Item, Item> Same = new(item => item) { Name = \"\" };" }),
        new("A name is too long", Compilation, "70 characters", "shorter", new("Make >> Same") { Members = $"static readonly Step<Item, Item> Same = new(item => item) {{ Name = \"{new string('a', 70)}\" }};" }),
        new("A step counts in a static field", Analyzer, "changes the static field 'count'", "Pass the value in the payload", new("Make >> Count") { Members = "static int count; static readonly Step<Item, int> Count = new(_ => ++count);" }),
        new("A step adds to a captured list", Analyzer, "uses the variable 'seen'", "Pass the value in the payload", new("Make >> Noting()") { Members = "static Flow<Item, Item> Noting() { var seen = new List<Item>(); return new Step<Item, Item>(item => { seen.Add(item); return item; }) { Name = \"Note\" }; }" }),
        new("A step uses an instance member", Analyzer, "uses 'rate' of the object around it", "StepContext", new("Make >> new Step<Item, decimal>(item => item.Price * rate) { Name = \"Tax\" }") { Members = "readonly decimal rate = 1.2m;" }),
        new("A step uses a captured service", Analyzer, "uses the parameter 'services'", "Step.Handled", new("Make >> Sending(null!)") { Members = "static Flow<Item, Item> Sending(IServiceProvider services) => new Step<Item, Item>(item => { services.GetService(typeof(object)); return item; }) { Name = \"Send\" };" }),
        new("A flow uses a step that is declared below it", Compiler, "'Same' is declared after 'Twice'", "declare 'Same' above it", new("Make >> Twice") { Members = "static readonly Flow<Item, Item> Twice = AddPrice >> Same; static readonly Step<Item, Item> Same = new(item => item);" }),
        new("Define composes itself", Analyzer, "'Define' composes itself", ".Retry(…)", new("AddPrice >> Define()") { Ends = "Item, Item" }),
        new("Two methods compose each other", Analyzer, "through 'Define'", ".Map()", new("AddPrice >> Rest()") { Ends = "Item, Item", Members = "Flow<Item, Item> Rest() => AddPrice >> Define();" }),
        new("A property composes itself", Analyzer, "'Rest' composes itself", ".Retry(…)", new("Make >> Rest") { Members = "static Flow<Item, Item> Rest => AddPrice >> Rest;" }),
        new("Define gives null", Compilation, "Define() gives null", "return a flow", new("null!") { Ends = "Nothing, Item" }),
        new("Define has no step", Compilation, "is empty", "Compose at least one", new("Flow.Input<Item>()") { Ends = "Item, Item" }),
        new("Define is missing", Compiler, "Define()", "does not implement", new("") { Whole = "public sealed class Mine : Workflow<int, int>;" }),
        new("A step's function gives another type", Compiler, "'Item'", "'string'", new("Make >> Wrong") { Members = "static readonly Step<Item, string> Wrong = new(item => item);" }),
        new("The context comes first", Compiler, "'Attempt'", "'Item' does not contain", new("Make >> Wrong") { Members = "static readonly Step<Item, int> Wrong = new((context, item) => context.Attempt);" }),
        new("A handler counts in a static field", Analyzer, "The function of step 'Clerk' changes the static field 'count'", "Pass the value in the payload", new("Make >> Booked") { Types = "public sealed class Clerk : IStepHandler<Item, Item> { static int count; public Task<Item> HandleAsync(Item item, StepContext context) { count++; return Task.FromResult(item); } }", Members = "static readonly Step<Item, Item> Booked = Step.Handled<Clerk, Item, Item>();" }),
        new("A handler does not await a task", Analyzer, "'SaveAsync'", "await", new("Make >> Booked") { Types = "public sealed class Clerk : IStepHandler<Item, Item> { static Task SaveAsync(Item item) => Task.Delay(item.Name.Length); public Task<Item> HandleAsync(Item item, StepContext context) { SaveAsync(item); return Task.FromResult(item); } }", Members = "static readonly Step<Item, Item> Booked = Step.Handled<Clerk, Item, Item>();" }),
        new("A definition with a parameter composes itself", Analyzer, "'Rest' composes itself, which never ends", ".Map()", new("AddPrice >> Rest(1)") { Ends = "Item, Item", Members = "static Flow<Item, Item> Rest(int level) => AddPrice >> Rest(level + 1);" }),
        new("A step compares an element of a dictionary", Analyzer, "'tags[\"kind\"]' arrives as a JsonElement", "declare a record with the members that are read", new("Make >> Tag >> Read") { Members = "static readonly Step<Item, Dictionary<string, object>> Tag = new(item => new Dictionary<string, object> { [\"kind\"] = item.Name }); static readonly Step<Dictionary<string, object>, bool> Read = new(tags => tags[\"kind\"].Equals(\"gift\"));" }),
        new("A step's name is made anew each time", Analyzer, "'Guid.NewGuid()'", "write a name that stays the same", new("Make >> Mark") { Members = "static readonly Step<Item, Item> Mark = new(item => item) { Name = $\"Mark-{Guid.NewGuid()}\" };" }),
        new("A handler does not implement its interface", Compiler, "'Clerk'", "IStepHandler<Item, Item>", new("Make >> Wrong") { Types = "public sealed class Clerk;", Members = "static readonly Step<Item, Item> Wrong = Step.Handled<Clerk, Item, Item>();" }),
        new("A step throws", Run, "FormatException", "no number", new("Make >> Wrong") { Members = "static readonly Step<Item, Item> Wrong = new(_ => throw new FormatException(\"That is no number.\"));" }),
    ];
}
