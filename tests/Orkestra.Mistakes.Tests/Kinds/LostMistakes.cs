using static Orkestra.Mistakes.Tests.Stage;

namespace Orkestra.Mistakes.Tests.Kinds;

/// <summary>What compiles and is lost, fixed or never the case: flows, values of a moment, members and types of payloads.</summary>
internal static class LostMistakes
{
    public static IReadOnlyList<Mistake> All { get; } =
    [
        // Flows that are dropped, and values that are fixed.
        Rest("What a modifier gives is not used", Analyzer, "'flow.Retry(3)' gives a new flow and changes nothing", "write 'flow = flow.Retry(3);'", "var flow = Make >> AddPrice; flow.Retry(3); return flow;"),
        Rest("A case is added to a switch that is not used", Analyzer, "gives a new flow and changes nothing", "compose it with '>>', or return it", "var flow = Make >> AddPrice; flow.Switch(item => item.Name).Case(\"a\", AddPrice); return flow;"),
        Rest("A flow in a variable is not used", Analyzer, "AddPrice.Retry(3)", "compose 'timed' with '>>', or return it", "var flow = Make >> AddPrice; var timed = flow >> AddPrice.Retry(3); return flow;"),
        Rest("A time is read in the definition", Analyzer, "'DateTimeOffset.UtcNow' is evaluated once", "'context.TimeProvider.GetUtcNow()'", "var now = DateTimeOffset.UtcNow; return Make.When(item => item.At < now, AddPrice);"),
        new("An id is made in the definition", Analyzer, "'Guid.NewGuid()' is evaluated once", "'.Select(input => Guid.NewGuid())'", "Length.With(Guid.NewGuid().ToString())"),
        new("A pause is counted from the time of the definition", Analyzer, "'DateTimeOffset.UtcNow' is evaluated once", "read the time where the run does", "Make >> Wait.Until(DateTimeOffset.UtcNow.AddHours(1)) >> Hello"),
        new("A random number is drawn in the definition", Analyzer, "'Random.Shared.Next(60)' is evaluated once", "make the number in a step", "Make >> Wait.For(TimeSpan.FromSeconds(1 + Random.Shared.Next(60))) >> Hello"),
        new("An expression reads a field with an id", Analyzer, "'id' is evaluated once", "'.Select(input => Guid.NewGuid())'", new("Make.Select(item => item.Name + id)") { Members = "static readonly Guid id = Guid.NewGuid();" }),
        new("An expression reads the environment", Compilation, "Environment.GetEnvironmentVariable has no counterpart", "Use a Step for it.", "Make.Select(item => item.Name + Environment.GetEnvironmentVariable(\"STAGE\"))"),
        new("An expression draws a number of a sequence of its own", Compilation, "Random.Next has no counterpart", "Use a Step for it.", "Make.Select(item => new Random(1).Next())"),

        // Objects.
        new("A step casts its input", Analyzer, "'order' arrives as a JsonElement", "declare the step 'Pay' as Step<Item, …>", new("Make >> Pay") { Members = "static readonly Step<object, string> Pay = new(order => ((Item)order).Name);" }),
        new("A step casts an element of a dictionary", Analyzer, "'values[\"n\"]' arrives as a JsonElement", "declare a record with the members that are read", new("Make >> Fill >> Use") { Members = "static readonly Step<Item, Dictionary<string, object>> Fill = new(item => new() { [\"n\"] = 3 }); static readonly Step<Dictionary<string, object>, int> Use = new(values => values[\"n\"] is int n ? n : 0);" }),
        new("A step tests the type of its input", Analyzer, "'order' arrives as a JsonElement", "declare the step 'Pay' as Step<Item, …>", new("Make >> Pay") { Members = "static readonly Step<object?, string> Pay = new(order => order is Item item ? item.Name : \"\");" }),
        Payload("A step casts a member", Analyzer, "'order.Data' arrives as a JsonElement", "declare 'Data' of Order as Item", "public record Order(object Data);", "(Item)order.Data == null ? 1 : 2"),

        // Members that do not travel.
        Payload("A payload's property is internal", Analyzer, "'Note' of Order is internal", "make it public", "public class Order { public int Total { get; init; } internal string Note { get; init; } = \"\"; }"),
        Payload("A payload keeps its value in a private field", Analyzer, "Order is written as {}", "make what it holds public properties", "public readonly struct Order(decimal amount) { readonly decimal total = amount; public decimal Doubled() => total * 2; }"),
        Payload("A payload is a list with a member of its own", Analyzer, "'Note' of Order is neither written nor read", "use a record with 'Note' and the elements", "public class Order : List<int> { public string Note { get; set; } = \"\"; }"),
        Payload("A parameter of a record is ignored", Analyzer, "parameter 'Secret' fills 'Secret', which has [JsonIgnore]", "Remove the attribute", "public record Order(string Id, [property: JsonIgnore] string Secret);"),
        Payload("A required member is ignored", Compilation, "'id' defined in type 'Order' is marked required", "Remove 'required' or [JsonIgnore]", "public class Order { [JsonIgnore] public required string Id { get; init; } }"),

        // Hierarchies.
        Payload("A derived type has no discriminator", Analyzer, "Rush is written as Order without saying that it is one", "[JsonDerivedType(typeof(Rush), \"Rush\")]", "[JsonDerivedType(typeof(Rush))] public record Order(string Id); public record Rush(string Id, int Hours) : Order(Id);"),
        Payload("Two derived types have one discriminator", Compilation, "already specified a type discriminator 'a'", "Give each derived type another one", "[JsonDerivedType(typeof(Rush), \"a\"), JsonDerivedType(typeof(Slow), \"a\")] public record Order(string Id); public record Rush(string Id) : Order(Id); public record Slow(string Id) : Order(Id);"),
        Payload("A member has the name of the discriminator", Compilation, "contains property 'kind'", "choose another name for the discriminator", "[JsonPolymorphic(TypeDiscriminatorPropertyName = \"kind\"), JsonDerivedType(typeof(Rush), \"rush\")] public abstract record Order(string Id); public record Rush(string Id, string Kind) : Order(Id);"),
        new("A derived type is not declared", Analyzer, "Animal doesn't declare Cat", "[JsonDerivedType(typeof(Cat), \"Cat\")]", new("Make >> Load") { Types = "[JsonDerivedType(typeof(Dog), \"dog\")] public abstract record Animal(string Name); public record Dog(string Name) : Animal(Name); public record Cat(string Name) : Animal(Name);", Members = "static readonly Step<Item, Animal> Load = new(item => new Cat(item.Name));" }),
        new("A derived type goes to a step over its base", Compilation, "without the type discriminator that Animal needs", "Let the step before give Animal", new("Make >> Load >> Greet") { Types = "[JsonDerivedType(typeof(Dog), \"dog\")] public abstract record Animal(string Name); public record Dog(string Name) : Animal(Name);", Members = "static readonly Step<Item, Dog> Load = new(item => new(item.Name)); static readonly Step<Animal, string> Greet = new(animal => animal.Name);" }),

        // Collections.
        Payload("A payload holds a stack", Analyzer, "'Lines' of Order is Stack<int>, which is read back in reverse order", "use a list or an array", "public record Order(Stack<int> Lines);"),
        Payload("A payload holds a lookup", Compilation, "ILookup<string, int>, which can be written but not read", "use a list", "public record Order(ILookup<string, int> Stock);"),
        Payload("A payload holds a read-only collection", Compilation, "ReadOnlyCollection<int>, which can be written but not read", "use a list", "public record Order(System.Collections.ObjectModel.ReadOnlyCollection<int> Lines);"),
        Payload("A payload holds a frozen dictionary", Compilation, "FrozenDictionary<string, int>, which can be written but not read", "a dictionary instead", "public record Order(System.Collections.Frozen.FrozenDictionary<string, int> Stock);"),
        Payload("A payload holds an asynchronous sequence", Compilation, "is only read asynchronously", "use a list or an array", "public record Order(IAsyncEnumerable<int> Lines);"),
        new("A dictionary is mapped", Compiler, "'Increment.Map()' takes int[]", ".Select(dictionary => …)", "Make.Select(item => new Dictionary<string, int> { { \"a\", 1 } }) >> Increment.Map()"),
        new("A number that may be null goes to a step over a number", Compiler, "'Increment' takes int, but 'StockOf' gives int?", ".Select(nullable => …)", new("Make >> StockOf >> Increment") { Members = "static readonly Step<Item, int?> StockOf = new(item => item.Stock);" }),
        new("A step without a result is in the middle of a chain", Compiler, "'NameOf' takes Item, but 'Save' gives Nothing", "change the type of one of them", new("Make >> Save >> NameOf") { Members = "static readonly Step<Item, Nothing> Save = new(item => default);" }),
    ];

    static Mistake Rest(string name, Stage stage, string thing, string fix, string body) => new(name, stage, thing, fix, new("Rest()") { Members = $"static Flow<Nothing, Item> Rest() {{ {body} }}" });

    static Mistake Payload(string name, Stage stage, string thing, string fix, string types, string read = "1") =>
        new(name, stage, thing, fix, new("Make >> Buy >> Pay") { Types = types, Members = $"static readonly Step<Item, Order> Buy = new(Order (Item _) => default!); static readonly Step<Order, int> Pay = new(order => {read});" });
}
