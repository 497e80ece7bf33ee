using static Orkestra.Mistakes.Tests.Stage;

namespace Orkestra.Mistakes.Tests.Kinds;

/// <summary>Types and values that do not survive between two steps.</summary>
internal static class PayloadMistakes
{
    public static IReadOnlyList<Mistake> All { get; } =
    [
        Of("A payload has a public field", Analyzer, "'Total' of Order is a field", "[JsonInclude]", "public class Order { public int Total; }"),
        Of("A payload has a private setter", Analyzer, "'Total' of Order is written, but nothing fills it", "make it public", "public class Order { public int Total { get; private set; } }"),
        Of("A payload has an internal init", Analyzer, "because its 'init' is not public", "[JsonInclude]", "public class Order { public int Total { get; internal init; } }"),
        Of("A payload has a list without a setter", Analyzer, "'Lines' of Order is written, but stays empty", "add 'init;'", "public class Order { public List<int> Lines { get; } = []; }"),
        Of("A payload has a dictionary without a setter", Analyzer, "'Stock' of Order is written, but stays empty", "add 'init;'", "public class Order { public Dictionary<string, int> Stock { get; } = new(); }"),
        Of("A nested payload has a public field", Analyzer, "'Count' of Line is a field", "make it a property", "public record Order(Line[] Lines); public class Line { public int Count; }"),
        Of("A payload has two constructors", Analyzer, "Order cannot be read", "[JsonConstructor]", "public class Order { public Order(int total) { } public Order(string id) { } }"),
        Of("A constructor's parameter fits no member", Analyzer, "parameter 'amount' belongs to no public member", "Name it like the member", "public class Order { public Order(int amount) => Total = amount; public int Total { get; } }"),
        Of("The serializer takes the other constructor", Analyzer, "'Total' of Order is written, but nothing fills it", "[JsonConstructor]", "public class Order { public Order() { } public Order(int total) => Total = total; public int Total { get; } }"),
        Of("A payload is an interface", Analyzer, "Order, which is an interface", "[JsonDerivedType", "public interface Order { int Total { get; } }"),
        Of("A member is an abstract type", Analyzer, "'Payment' of Order is Payment, which is abstract", "[JsonDerivedType", "public record Order(Payment Payment); public abstract record Payment(int Amount);"),
        Of("The elements of a list are an interface", Analyzer, "'Lines' of Order is ILine, which is an interface", "[JsonDerivedType", "public record Order(List<ILine> Lines); public interface ILine { int Count { get; } }"),
        Of("A payload holds a BigInteger", Analyzer, "'Number' of Order is BigInteger", "a string with all digits", "public record Order(BigInteger Number);"),
        Of("A payload holds a delegate", Analyzer, "'Next' of Order is Func<int>, which has no JSON form", "pass data", "public record Order(Func<int> Next);"),
        Of("A payload holds a stream", Analyzer, "'Content' of Order is Stream, which has no JSON form", "pass data", "public record Order(Stream Content);"),
        Of("A payload holds a type", Analyzer, "'Kind' of Order is Type, which has no JSON form", "pass data", "public record Order(Type Kind);"),
        Of("A payload holds a cancellation token", Analyzer, "'Stop' of Order is CancellationToken, which has no JSON form", "pass data", "public record Order(CancellationToken Stop);"),
        Of("A payload holds a task", Analyzer, "'Total' of Order is a task", "await it first", "public record Order(Task<int> Total);"),
        Of("An enum travels as a number", Hint, "Mood travels as the number", "JsonStringEnumConverter<Mood>", "public record Order(Mood Mood); public enum Mood { Calm, Angry }"),
        Of("A moment is a DateTime", Hint, "'At' is a DateTime", "DateTimeOffset", "public record Order(DateTime At);"),
        Of("A payload holds bytes", Hint, "'Photo' of Order holds bytes", "pass its key", "public record Order(byte[] Photo);"),
        new("The input of a workflow has a private setter", Analyzer, "'Total' of Order is written, but nothing fills it", "make it public", new("Flow.Input<Order>().Select(order => order.Total)") { Ends = "Order, int", Types = "public class Order { public int Total { get; private set; } }" }),
        new("The output of a step is a delegate", Analyzer, "What step 'Wrong' gives is Func<int>, which has no JSON form", "pass data", new("Make >> Wrong") { Members = "static readonly Step<Item, Func<int>> Wrong = new(_ => () => 1);" }),
        new("The output of a step is a task", Analyzer, "What step 'Wrong' gives is a task", "await it first", new("Make >> Wrong") { Members = "static readonly Step<Item, Task<int>> Wrong = new((Item _) => Task.FromResult(1));" }),
        new("An await is missing in an anonymous object", Analyzer, "'Price' is a task that was not awaited", "'await FindAsync(item)'", new("Make >> Load") { Members = "static Task<decimal> FindAsync(Item item) => Task.FromResult(item.Price); static readonly Step<Item, object?> Load = new(item => new { item.Name, Price = FindAsync(item) });" }),
        new("A derived record is cut to its base", Analyzer, "This Dog is cut to Animal", "[JsonDerivedType(typeof(Dog), \"Dog\")]", new("Make >> Load") { Types = "public record Animal(string Name); public record Dog(string Name, int Age) : Animal(Name);", Members = "static readonly Step<Item, Animal> Load = new(item => new Dog(item.Name, 3));" }),
        new("A step returns a megabyte", Hint, "'new string('x', 1_000_000)' takes at least 976 KiB", "pass its key", new("Make >> Load") { Members = "static readonly Step<Item, string> Load = new(_ => new string('x', 1_000_000));" }),
        new("A step returns more than a state holds", Run, "States.DataLimitExceeded: the output has 400,002 bytes", "262,144", new("Make >> Load") { Members = "static readonly Step<Item, string> Load = new(item => string.Concat(Enumerable.Repeat(item.Name, 100_000)));" }),
        new("A payload is declared to have another shape", Compilation, "reads Card, but the payload from step 'Make' doesn't fit", "TolerantReader", new("Make.As<Card>() >> Bill") { Types = "public sealed record Card(string Number);", Members = "static readonly Step<Card, int> Bill = new(card => card.Number.Length);" }),
        Of("A payload is a table of two dimensions", Analyzer, "'Table' of Order is int[,], which has no JSON form", "pass data", "public record Order(int[,] Table);"),
        Of("A constructor's parameter has another type than its member", Analyzer, "its constructor's parameter 'lines' is List<string>, but 'Lines' is IReadOnlyList<string>", "Give both one type", "public class Order(List<string> lines) { public IReadOnlyList<string> Lines => lines; }"),
        Of("A payload has a tuple of eight", Analyzer, "'Parts' of Order is a tuple of 8 elements", "use a record", "public record Order((int, int, int, int, int, int, int, int) Parts);"),
        Of("A member that is left out comes back with another value", Analyzer, "'Count' of Order is not written when it is 0, and is read back as 1 then", "leave out the condition", "public class Order { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Count { get; init; } = 1; }"),
        Of("A member is ignored by another serializer's attribute", Analyzer, "System.Text.Json does not know [IgnoreDataMember]", "use [JsonIgnore]", "public class Order { [System.Runtime.Serialization.IgnoreDataMember] public string Secret { get; init; } = \"\"; }"),
        Of("A payload is a span", Compiler, "is Order, which has no JSON form", "pass data", "public ref struct Order { public ReadOnlySpan<char> Name { get; set; } }"),
    ];

    static Mistake Of(string name, Stage stage, string thing, string fix, string types) =>
        new(name, stage, thing, fix, new("Make >> Buy >> Pay") { Types = types, Members = "static readonly Step<Item, Order> Buy = new(Order (Item _) => default!); static readonly Step<Order, int> Pay = new(_ => 1);" });
}
