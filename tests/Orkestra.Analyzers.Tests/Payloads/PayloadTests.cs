using Orkestra.Analyzers.Payloads;
using Orkestra.Analyzers.Tests.Fixes;
using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Payloads;

/// <summary>ORK004 to ORK008 and ORK010: types and values that do not survive as JSON.</summary>
public sealed class PayloadTests
{
    [Theory]
    [InlineData("public class Order { public int Total; }", "ORK004", "'Total' of Order is a field, which is neither written nor read: make it a property, or put [JsonInclude] on it.")]
    [InlineData("public class Order { public int Total { get; private set; } }", "ORK004", "'Total' of Order is written, but nothing fills it when it is read, because its 'set' is not public: make it public, or put [JsonInclude] on it.")]
    [InlineData("public class Order { public int Total { get; internal init; } }", "ORK004", "'Total' of Order is written, but nothing fills it when it is read, because its 'init' is not public: make it public, or put [JsonInclude] on it.")]
    [InlineData("public class Order { public List<int> Lines { get; } = []; }", "ORK004", "'Lines' of Order is written, but stays empty when it is read, because it has no setter: add 'init;', or put [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] on it.")]
    [InlineData("public class Order { public Order() { } public Order(int total) => Total = total; public int Total { get; } }", "ORK004", "'Total' of Order is written, but nothing fills it when it is read: the serializer takes the constructor without parameters. Add 'init;', or put [JsonConstructor] on the constructor that fills it.")]
    [InlineData("public record Order(Line Line); public class Line { public int Count; }", "ORK004", "'Count' of Line is a field, which is neither written nor read: make it a property, or put [JsonInclude] on it.")]
    [InlineData("public interface Order { int Total { get; } }", "ORK005", "What step 'Take' takes is Order, which is an interface: only its own members are written and nothing can be read. Name the types it stands for with [JsonDerivedType(typeof(…), \"…\")] on Order.")]
    [InlineData("public record Order(Shape Shape); public abstract record Shape(int Size);", "ORK005", "'Shape' of Order is Shape, which is abstract: only its own members are written and nothing can be read. Name the types it stands for with [JsonDerivedType(typeof(…), \"…\")] on Shape.")]
    [InlineData("public record Order(System.Numerics.BigInteger Number);", "ORK005", "'Number' of Order is BigInteger, whose value is not in the JSON that System.Text.Json writes of it: use decimal or long, or a string with all digits.")]
    [InlineData("public record Order(Func<int> Count);", "ORK005", "'Count' of Order is Func<int>, which has no JSON form: pass data between steps, such as a record.")]
    [InlineData("public record Order(Stream Content);", "ORK005", "'Content' of Order is Stream, which has no JSON form: pass data between steps, such as a record.")]
    [InlineData("public class Order { public Order(int a) { } public Order(string b) { } }", "ORK005", "Order cannot be read: it has no public constructor that the serializer can choose. Keep one, or mark one with [JsonConstructor].")]
    [InlineData("public class Order { public Order(int count) => Total = count; public int Total { get; } }", "ORK005", "Order cannot be read: its constructor's parameter 'count' belongs to no public member of that name. Name it like the member it fills.")]
    [InlineData("public record Order(int Id) { internal string Note { get; set; } = \"\"; }", "ORK004", "'Note' of Order is internal, so it is neither written nor read: make it public, or put [JsonInclude] or [JsonIgnore] on it.")]
    [InlineData("public readonly struct Order(int id) { readonly int id = id; public int Twice() => id * 2; }", "ORK004", "Order is written as {}, because none of its members is a public property, so 'id' is lost: make what it holds public properties, or write a [JsonConverter] for it.")]
    [InlineData("public record Order(Stack<int> Lines);", "ORK005", "'Lines' of Order is Stack<int>, which is read back in reverse order: use a list or an array.")]
    [InlineData("public class Order : List<int> { public int Total { get; set; } }", "ORK005", "'Total' of Order is neither written nor read, because Order is a collection, of which only the elements travel: use a record with 'Total' and the elements as its members.")]
    [InlineData("[JsonDerivedType(typeof(Rush))] public record Order(int Id); public record Rush(int Id) : Order(Id);", "ORK005", "Rush is written as Order without saying that it is one, so it is read back as Order: give it a name, [JsonDerivedType(typeof(Rush), \"Rush\")].")]
    [InlineData("public record Order(Task<int> Total);", "ORK006", "'Total' of Order is a task, and a payload holds what a task gives: await it first, and let the type be int.")]
    [InlineData("public record Order(Mood Mood); public enum Mood { Calm, Angry }", "ORK007", "Mood travels as the number of its member, which changes when members are added or moved: give its members explicit values, or write it as text with [JsonConverter(typeof(JsonStringEnumConverter<Mood>))]")]
    [InlineData("public record Order(DateTime At);", "ORK008", "'At' is a DateTime, whose Kind decides what is written and is another one after reading: use DateTimeOffset (a moment), DateOnly or TimeOnly")]
    [InlineData("public record Order(byte[] Photo);", "ORK010", "'Photo' of Order holds bytes, which travel as Base64 text: a payload holds at most 256 KiB, so store the data (in S3, for example) and pass its key")]
    [InlineData("public record Order(Int128 Id);", "ORK005", "'Id' of Order is Int128, of which no number beyond 64 bits arrives: use long or decimal, or a string with all digits.")]
    [InlineData("public record Order(dynamic Data);", "ORK005", "'Data' of Order is dynamic, but arrives as a JsonElement, which has none of the payload's members: declare a record with the members that are read, or use JsonElement.")]
    [InlineData("public class Order { public SortedSet<string> Tags { get; set; } = new(StringComparer.OrdinalIgnoreCase); }", "ORK004", "'Tags' of Order loses its StringComparer.OrdinalIgnoreCase when it is read, because the serializer sets a SortedSet of its own: put [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] on it, so that this one is filled.")]
    [InlineData("public record Order(Money Total); [JsonConverter(typeof(C))] public record Money(int N); public class C : JsonConverter<Money> { public override Money Read(ref System.Text.Json.Utf8JsonReader reader, Type type, System.Text.Json.JsonSerializerOptions options) => throw new NotImplementedException(); public override void Write(System.Text.Json.Utf8JsonWriter writer, Money value, System.Text.Json.JsonSerializerOptions options) => writer.WriteNumberValue(1); }", "ORK005", "'Read' of C, the converter of Money, only throws NotImplementedException, but a payload is written by one step and read by the next: let it make the value of what 'Write' writes.")]
    [InlineData("public class Order { [JsonConverter(typeof(C))] public Money? Total { get; set; } } public record Money(int N); public class C : JsonConverter<Money> { public override Money Read(ref System.Text.Json.Utf8JsonReader reader, Type type, System.Text.Json.JsonSerializerOptions options) { throw new NotSupportedException(); } public override void Write(System.Text.Json.Utf8JsonWriter writer, Money value, System.Text.Json.JsonSerializerOptions options) => writer.WriteNumberValue(1); }", "ORK005", "'Read' of C, the converter of Money, only throws NotSupportedException, but a payload is written by one step and read by the next: let it make the value of what 'Write' writes.")]
    public void Types_are_reported(string type, string id, string message)
    {
        var findings = Found(type);
        findings.Where(finding => finding.Id == id).ShouldHaveSingleItem().Message.ShouldBe(message);
    }

    [Theory]
    [InlineData("public record Order(string Id, int? Count, decimal Price, DateTimeOffset At, Line[] Lines, Dictionary<string, Line> ByName, (int, string) Pair) { public string? Note { get; init; } } public record Line(string Sku);")]
    [InlineData("public class Order { public int Count { get; set; } public decimal Price { get; set; } public decimal Total => Count * Price; }")]
    [InlineData("public class Order { [JsonInclude] public int Total; [JsonIgnore] public int Ignored; [JsonInclude] public int Own { get; private set; } }")]
    [InlineData("public class Order(int total) { public int Total { get; } = total; }")]
    [InlineData("public class Order { [JsonConstructor] public Order(int total) => Total = total; public Order() { } public int Total { get; } }")]
    [InlineData("public class Order { [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] public SortedSet<string> Tags { get; set; } = new(StringComparer.OrdinalIgnoreCase); }")]
    [InlineData("public class Order { public SortedSet<string> Tags { get; set; } = new(); public Dictionary<string, int> Stock { get; init => field = new(value, StringComparer.OrdinalIgnoreCase); } = new(StringComparer.OrdinalIgnoreCase); }")]
    [InlineData("public record Order(Money Total); [JsonConverter(typeof(C))] public record Money(int N); public class C : JsonConverter<Money> { public override Money Read(ref System.Text.Json.Utf8JsonReader reader, Type type, System.Text.Json.JsonSerializerOptions options) => reader.TokenType == System.Text.Json.JsonTokenType.Number ? new(1) : throw new System.Text.Json.JsonException(); public override void Write(System.Text.Json.Utf8JsonWriter writer, Money value, System.Text.Json.JsonSerializerOptions options) => writer.WriteNumberValue(1); }")]
    [InlineData("public class Order { public string Kind { get; } = \"order\"; }")]
    [InlineData("public class Order { [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] public List<int> Lines { get; } = []; }")]
    [InlineData("public record Order(Mood Mood, Level Level); [JsonConverter(typeof(JsonStringEnumConverter<Mood>))] public enum Mood { Calm, Angry } public enum Level { Low = 1, High = 2 }")]
    [InlineData("public record Order([property: JsonConverter(typeof(JsonStringEnumConverter<Mood>))] Mood Mood); public enum Mood { Calm, Angry }")]
    [InlineData("[JsonDerivedType(typeof(Special), \"special\")] public abstract record Order(int Total); public record Special(int Total, int More) : Order(Total);")]
    [InlineData("public record Order(IReadOnlyList<int> Numbers, IEnumerable<string> Names, IDictionary<string, int> Counts, object? Any, System.Text.Json.JsonElement Raw);")]
    [InlineData("public record Order(Node? Tree); public record Node(Node? Left, Node? Right);")]
    [InlineData("public record Base(int Id); public record Order(int Id, string Name) : Base(Id);")]
    [InlineData("public record struct Order(int Id, Guid Key);")]
    [InlineData("public record Order(System.Drawing.Point Place, System.Drawing.SizeF Size, System.Drawing.Rectangle? Frame);")]
    [InlineData("public record Order;")]
    [InlineData("public class Order { int cached; public int Total { get => cached; set => cached = value; } }")]
    [InlineData("public class Order : List<int> { public int Sum => this.Sum(n => n); }")]
    [InlineData("public class Order { public int Total { get; init; } private int Cached { get; set; } [JsonIgnore] internal int Own { get; set; } internal int Twice => Total * 2; }")]
    [InlineData("public record Order(string Id, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note);")]
    [InlineData("[JsonDerivedType(typeof(Order)), JsonDerivedType(typeof(Rush), \"rush\")] public record Order(int Id); public record Rush(int Id) : Order(Id);")]
    [InlineData("public record Order(Queue<int> Numbers, HashSet<string> Names, System.Collections.Immutable.ImmutableArray<int> Fixed);")]
    public void Types_that_survive_are_fine(string type) => Found(type).ShouldBeEmpty();

    [Fact]
    public void Options_of_the_workflow_may_know_more() => Found("""
        public class Order { public int Total; public Mood Mood { get; set; } }
        public enum Mood { Calm, Angry }
        public abstract class Own : Workflow<int, int>
        {
            protected override System.Text.Json.JsonSerializerOptions? JsonOptions => new() { IncludeFields = true };
        }
        """).ShouldBeEmpty();

    [Fact]
    public void What_is_only_written_need_not_be_filled() => Analysis.OfOrkestra("""
        public class Order { public int Total { get; private set; } }
        public static class Steps
        {
            static readonly Step<Nothing, Order> Make = new(_ => new Order());
        }
        """).ShouldBeEmpty();

    [Theory]
    [InlineData("static readonly Step<int, object?> Load = new(n => new { n, Price = FindAsync(n) });", "ORK006", "FindAsync(n)", "'Price' is a task that was not awaited, and a payload holds what a task gives: write 'await FindAsync(n)'.")]
    [InlineData("static readonly Step<int, object?> Load = new(async n => new { N = await FindAsync(n), Price = FindAsync(n) });", "ORK006", "FindAsync(n)", "'Price' is a task that was not awaited, and a payload holds what a task gives: write 'await FindAsync(n)'.")]
    [InlineData("static readonly Step<int, Animal> Load = new(n => new Dog(\"Rex\", n));", "ORK005", "new Dog(\"Rex\", n)", "This Dog is cut to Animal, whose members alone are written ('Age' is lost): put [JsonDerivedType(typeof(Dog), \"Dog\")] on Animal, or let the step give Dog.")]
    [InlineData("static readonly Step<int, byte[]> Load = new(n => new byte[1_000_000]);", "ORK010", "new byte[1_000_000]", "'new byte[1_000_000]' takes at least 1302 KiB as JSON: a payload holds at most 256 KiB, so store the data (in S3, for example) and pass its key")]
    [InlineData("static readonly Step<int, string> Load = new(n => new string('x', 300_000));", "ORK010", "new string('x', 300_000)", "'new string('x', 300_000)' takes at least 292 KiB as JSON: a payload holds at most 256 KiB, so store the data (in S3, for example) and pass its key")]
    [InlineData("static readonly Step<int, HashSet<string>> Load = new(n => new(StringComparer.OrdinalIgnoreCase) { \"a\" });", "ORK004", "new(StringComparer.OrdinalIgnoreCase) { \"a\" }", "This HashSet<string> loses its StringComparer.OrdinalIgnoreCase on the way to the next step, because its JSON doesn't hold how keys are compared: write all keys alike, for example with ToLowerInvariant(), or make it again with the comparer where it is read.")]
    [InlineData("static readonly Step<int, object?> Load = new(n => { var all = new Dictionary<string, int>(StringComparer.InvariantCultureIgnoreCase); return new { n, all }; });", "ORK004", "all", "This Dictionary<string, int> loses its StringComparer.InvariantCultureIgnoreCase on the way to the next step, because its JSON doesn't hold how keys are compared: write all keys alike, for example with ToLowerInvariant(), or make it again with the comparer where it is read.")]
    public void Values_are_reported(string member, string id, string at, string message) =>
        Values(member).Where(finding => finding.Id == id && finding.Code == at).ShouldHaveSingleItem().Message.ShouldBe(message);

    [Theory]
    [InlineData("static readonly Step<int, object?> Load = new(async n => new { N = await FindAsync(n) });")]
    [InlineData("static readonly Step<int, Animal> Load = new(n => new Animal(\"Rex\"));")]
    [InlineData("static readonly Step<int, string> Load = new(n => new string('x', 300));")]
    [InlineData("static readonly Step<int, int> Load = new(n => new byte[1_000_000].Length);")]
    [InlineData("static readonly Step<int, object?> Load = new(n => new { Tasks = new[] { 1 } });")]
    [InlineData("static readonly Step<int, int> Load = new(n => new HashSet<string>(StringComparer.OrdinalIgnoreCase) { \"a\" }.Count);")]
    [InlineData("static readonly Step<int, string[]> Load = new(n => new HashSet<string>(StringComparer.OrdinalIgnoreCase) { \"a\" }.ToArray());")]
    [InlineData("static readonly Step<int, HashSet<string>> Load = new(n => new(new HashSet<string>(StringComparer.OrdinalIgnoreCase) { \"a\" }));")]
    [InlineData("static readonly Step<int, Dictionary<string, int>> Load = new(n => new(StringComparer.Ordinal) { [\"a\"] = 1 });")]
    [InlineData("static readonly Step<int, Dictionary<int, int>> Load = new(n => new Dictionary<int, int>(4) { [1] = 1 });")]
    public void Values_that_survive_are_fine(string member) => Values(member).ShouldBeEmpty();

    [Theory]
    [InlineData("new(async n => new { Price = [|FindAsync(n)|] })", "new(async n => new { Price = await FindAsync(n) })")]
    [InlineData("new(n => new { Price = [|FindAsync(n)|] })", "new(async n => new { Price = await FindAsync(n) })")]
    [InlineData("new((n, context) => new { n, Price = [|FindAsync(n)|] })", "new(async (n, context) => new { n, Price = await FindAsync(n) })")]
    public Task A_task_is_awaited(string before, string after) => FixCheck.RunAsync<PayloadValueAnalyzer, AwaitFix>("ORK006", Loading(before), Loading(after));

    [Theory]
    [InlineData("public int [|Total|];", "[JsonInclude]\n    public int Total;")]
    [InlineData("public int [|Total|] { get; private set; }", "[JsonInclude]\n    public int Total { get; private set; }")]
    [InlineData("public List<int> [|Lines|] { get; } = [];", "public List<int> Lines { get; init; } = [];")]
    public Task A_member_is_kept(string before, string after) => FixCheck.RunAsync<PayloadAnalyzer, PayloadMemberFix>("ORK004", Order(before), Order(after));

    [Fact]
    public Task An_enum_is_written_as_text() => FixCheck.RunAsync<PayloadAnalyzer, PayloadMemberFix>(
        "ORK007",
        Order("public Mood Mood { get; init; }") + "\npublic enum [|Mood|]\n{\n    Calm,\n}",
        Order("public Mood Mood { get; init; }") + "\n[JsonConverter(typeof(JsonStringEnumConverter<Mood>))]\npublic enum Mood\n{\n    Calm,\n}");

    static string Loading(string step) => $$"""
        public static class Steps
        {
            static Task<decimal> FindAsync(int n) => Task.FromResult(1m * n);
            static readonly Step<int, object?> Load = {{step}};
        }
        """;

    static string Order(string member) => $$"""
        public static class Steps
        {
            static readonly Step<Order, int> Take = new(order => 1);
        }
        public class Order
        {
            {{member}}
        }
        """;

    static IReadOnlyList<Finding> Found(string type) => Analysis.OfOrkestra($$"""
        using System.Text.Json.Serialization;
        public static class Steps
        {
            static readonly Step<Order, int> Take = new(order => 1);
        }
        {{type}}
        """);

    static IReadOnlyList<Finding> Values(string member) => Analysis.OfOrkestra($$"""
        public record Animal(string Name);
        public record Dog(string Name, int Age) : Animal(Name);
        public static class Steps
        {
            static Task<decimal> FindAsync(int n) => Task.FromResult(1m * n);
            {{member}}
        }
        """);
}
