using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orkestra.Authoring;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring.Lowering;

/// <summary>What JSONata cannot say is refused with a sentence that names the part and the way out.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void Names_the_part_and_says_what_to_do() =>
        Message((Order o) => new { o.Id, Clean = o.Id.Normalize() })
            .ShouldBe("The expression 'o.Id.Normalize()' cannot become JSONata: string.Normalize has no counterpart in it. Use a Step for it.");

    [Fact]
    public void Code_of_the_user() => Message((Order o) => Double(o.Quantity) + 1).ShouldStartWith("The expression 'RefusalTests.Double(o.Quantity)' cannot become JSONata");

    [Fact]
    public void Delegates()
    {
        Func<int, int> twice = static n => n * 2;
        Message((Order o) => twice(o.Quantity)).ShouldBe("The expression 'twice(o.Quantity)' cannot become JSONata: the code of a delegate isn't visible. Write the lambda in its place.");
        Message((Order o) => o.Numbers.Select(twice)).ShouldContain("Write the lambda in its place");
    }

    [Fact]
    public void Members_of_types_that_have_no_JSON_form() =>
        Message((Order o) => System.Text.RegularExpressions.Regex.Match(o.Id, "[0-9]").Value).ShouldBe("The expression 'Regex.Match(o.Id, \"[0-9]\").Value' cannot become JSONata: Match has no JSON form that JSONata could read. Use a Step for it.");

    [Fact]
    public void Operators_are_named_as_they_are_written() => Message((Order o) => ~o.Quantity).ShouldStartWith("The expression '~o.Quantity' cannot become JSONata");

    [Fact]
    public void Members_that_are_not_in_the_payload() => Message((Order o) => o.Secret).ShouldContain("'Secret' is not written to JSON");

    [Fact]
    public void Members_of_types_with_converters_of_their_own() => Message((Converted c) => c.Inner.Name).ShouldContain("Inner is written by InnerConverter");

    [Fact]
    public void Computed_members_of_new_objects() =>
        Message((Order o) => new Computed(o.Quantity, 1)).ShouldBe("The expression 'new Computed(o.Quantity, 1)' cannot become JSONata: 'Sum' is computed by Computed itself. Put [JsonIgnore] on it, or use a Step.");

    [Fact]
    public void Members_a_constructor_fills() => Message((Order o) => new Customer(o.Id, 1)).ShouldContain("what the constructor puts into 'Email' is not to be seen. Set it in the expression: { Email = … }.");

    [Fact]
    public void Local_time() => Message((Order o) => DateTime.Now).ShouldContain("Use UtcNow.");

    [Fact]
    public void Cultures()
    {
        Message((Order o) => o.Id.Equals("a", StringComparison.CurrentCulture)).ShouldContain("JSONata knows no cultures");
        Message((Order o) => o.Price.ToString("C", CultureInfo.InvariantCulture)).ShouldContain("no counterpart of the format 'C'");
    }

    [Fact]
    public void Rounding_away_from_zero() => Message((Order o) => Math.Round(o.Price, MidpointRounding.AwayFromZero)).ShouldContain("JSONata rounds halves to the even neighbour");

    [Fact]
    public void Comparisons_by_reference() => Message((Order o) => o.Lines.Distinct()).ShouldContain("Line is compared by reference");

    [Fact]
    public void Comparers() => Message((Order o) => o.Tags.Distinct(StringComparer.OrdinalIgnoreCase)).ShouldContain("JSONata has no comparers");

    [Fact]
    public void Order_of_enums_that_are_texts() => Message((Order o) => o.Mood > Mood.Calm).ShouldContain("the JSON of Mood is not in the order of its values");

    [Fact]
    public void Types() => Message((object o) => ((Order)o).Id).ShouldContain("JSON does not carry C# types");

    [Fact]
    public void Three_valued_logic() => Message((Order o) => (o.Checked & o.Paid) ?? false).ShouldContain("Decide what null means first, with '?? false'.");

    [Fact]
    public void Bits() => Message((Order o) => o.Quantity << 2).ShouldContain("JSONata has no such operator");

    [Fact]
    public void Numbers_written_as_texts()
    {
        var serializer = new PayloadSerializer(new JsonSerializerOptions { NumberHandling = JsonNumberHandling.WriteAsString });
        Message((Order o) => o.Quantity + 1, serializer).ShouldContain("'Quantity' is a number that is written as a text");
    }

    [Fact]
    public void Elements_that_the_serializer_writes_as_their_base()
    {
        Message((Order o) => new Shape[] { new Circle(o.Quantity) }).ShouldContain("a Circle that is written as Shape has other members");
        Message((Order o) => new List<Shape> { new Circle(o.Quantity) }).ShouldContain("a Circle that is written as Shape has other members");
        Message((Order o) => new Dictionary<string, Shape> { { "round", new Circle(o.Quantity) } }).ShouldContain("a Circle that is written as Shape has other members");
    }

    [Fact]
    public void Types_the_context_does_not_list() =>
        Message((Order o) => o.Id, new PayloadSerializer(new JsonSerializerOptions { TypeInfoResolver = new EmptyContext() }))
            .ShouldBe("The expression 'o.Id' cannot become JSONata: the serializer does not know the type Order. Add [JsonSerializable(typeof(Order))] to its context.");

    [Fact]
    public void Values_of_the_machine_that_defines_the_workflow() => Message((Order o) => o.Id + Environment.MachineName).ShouldContain("it is not known when the workflow is defined");

    static int Double(int number) => number * 2;

    static string Message<TIn, TOut>(Expression<Func<TIn, TOut>> lambda, PayloadSerializer? serializer = null) =>
        Should.Throw<WorkflowException>(() => LoweringCase.Lower(lambda, serializer)).Message;

    sealed class EmptyContext : System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver
    {
        public System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => null;
    }

    [JsonDerivedType(typeof(Circle), "circle")]
    public record Shape;

    public sealed record Circle(int Radius) : Shape;

    public sealed record Converted(Inner Inner);

    [JsonConverter(typeof(InnerConverter))]
    public sealed record Inner(string Name);

    sealed class InnerConverter : JsonConverter<Inner>
    {
        public override Inner Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Inner value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
    }
}
