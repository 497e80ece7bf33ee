using System.Text.Json;
using System.Text.Json.Serialization;
using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring;

public sealed partial class PayloadTests
{
    [Fact]
    public void Tuples_travel_as_arrays_and_outcomes_by_their_shape()
    {
        var serializer = new PayloadSerializer();
        var value = (1, Outcome.Success<int?>(null), Outcome.Failure<string>("E", "c"), (Nested: "x", default(Nothing)));
        var json = serializer.Serialize(value);
        json.ToJson().ShouldBe("""[1,{"Value":null},{"Error":"E","Cause":"c"},["x",null]]""");
        serializer.Deserialize<(int, Outcome<int?>, Outcome<string>, (string, Nothing))>(json).ShouldBe(value);
    }

    [Theory]
    [InlineData("""{"Value":1,"Error":"E"}""")]
    [InlineData("""{"value":1}""")]
    [InlineData("""{"Error":1}""")]
    [InlineData("""{}""")]
    [InlineData("1")]
    public void What_is_not_shaped_like_an_outcome_is_none(string json) =>
        Should.Throw<PayloadException>(() => new PayloadSerializer().Deserialize<Outcome<int>>(JsonValue.Parse(json))).Message.ShouldContain("Outcome<int>");

    [Theory]
    [InlineData("[1]")]
    [InlineData("[1,2,3]")]
    [InlineData("{}")]
    [InlineData("[1,null]")]
    public void An_array_of_another_length_is_no_tuple(string json) =>
        Should.Throw<PayloadException>(() => new PayloadSerializer().Deserialize<(int, int)>(JsonValue.Parse(json)));

    [Theory]
    [InlineData("null")]
    [InlineData("{\"a\":[1,2]}")]
    [InlineData("\"text\"")]
    public void Nothing_is_read_from_anything(string json) => new PayloadSerializer().Deserialize<Nothing>(JsonValue.Parse(json)).ShouldBe(default);

    [Fact]
    public void Decimals_keep_their_digits() => new PayloadSerializer().Serialize(new Item("x", 1.10m)).ToJson().ShouldBe("""{"name":"x","price":1.10}""");

    [Fact]
    public void The_users_options_decide()
    {
        var serializer = new PayloadSerializer(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper, Converters = { new JsonStringEnumConverter() } });
        serializer.Serialize(new Named(DayOfWeek.Friday)).ToJson().ShouldBe("""{"FIRST_DAY":"Friday"}""");
    }

    [Fact]
    public async Task A_source_generated_context_is_enough()
    {
        Step<Nothing, Named[]> make = new(_ => [new(DayOfWeek.Monday), new(DayOfWeek.Friday)]) { Name = "Make" };
        Step<Named, int> number = new(named => (int)named.FirstDay) { Name = "Number" };
        Step<(Outcome<int[]>, Outcome<string>), string> show = new(both => $"{both.Item1.Value.Sum()} {both.Item2.Error}") { Name = "Show" };
        Step<object?, string> fail = new(_ => throw new FormatException("x")) { Name = "Fail" };
        (await TestWorkflow.Of(make >> (number.Map(), fail) >> show, Context.Default.Options).RunAsync()).ShouldBe("6 FormatException");
    }

    [Fact]
    public void A_type_the_context_does_not_know_is_named()
    {
        Step<Nothing, Item> make = new(_ => new Item("x", 1)) { Name = "Make" };
        Should.Throw<WorkflowException>(() => TestWorkflow.Of(make, Context.Default.Options).Compile())
            .Message.ShouldContain("[JsonSerializable(typeof(Item))]");
    }

    [Fact]
    public void A_type_discriminator_is_read_wherever_it_stands()
    {
        var serializer = new PayloadSerializer();
        serializer.Deserialize<Pet>(JsonValue.Parse("""{"name":"Rex","$type":"dog","size":3}""")).ShouldBe(new Dog("Rex", 3));
        serializer.Deserialize<Pet[]>(JsonValue.Parse("""[{"size":3,"name":"Rex","$type":"dog"}]""")).ShouldBe([new Dog("Rex", 3)]);
    }

    [Fact]
    public void A_cycle_is_told_without_going_around_it()
    {
        var loop = new Loop();
        loop.Next = loop;
        var message = Should.Throw<PayloadException>(() => new PayloadSerializer().Serialize(loop)).Message;
        message.ShouldStartWith("A value of type Loop cannot be written as JSON: A possible object cycle was detected.");
        message.ShouldEndWith("…");
        message.ShouldContain("[JsonIgnore]");
        message.ShouldNotContain("Preserve");
        message.Length.ShouldBeLessThan(500);
    }

    [Fact]
    public void Options_that_expressions_cannot_follow_are_refused()
    {
        static string Refusal(JsonSerializerOptions options) =>
            Should.Throw<WorkflowException>(() => TestWorkflow.Of(new Step<Nothing, int>(_ => 1) { Name = "One" }.As<int>(), options).Compile()).Message;
        Refusal(new JsonSerializerOptions { ReferenceHandler = System.Text.Json.Serialization.ReferenceHandler.Preserve }).ShouldStartWith("JsonOptions of Test sets ReferenceHandler");
        Refusal(new JsonSerializerOptions { DictionaryKeyPolicy = JsonNamingPolicy.CamelCase }).ShouldStartWith("JsonOptions of Test sets DictionaryKeyPolicy");
    }

    [Fact]
    public void A_payload_may_be_deeper_than_the_serializer_s_own_limit()
    {
        Loop? chain = null;
        for (var i = 0; i < 300; i++) chain = new Loop { Next = chain };
        var serializer = new PayloadSerializer();
        var payload = serializer.Serialize(chain);
        serializer.Serialize(serializer.Deserialize<Loop>(payload)).ShouldBe(payload);
    }

    [Fact]
    public void Null_is_no_number() =>
        Should.Throw<PayloadException>(() => new PayloadSerializer().Deserialize<int>(JsonValue.Null)).Message.ShouldStartWith("The payload is null and does not fit the type int:");

    [Fact]
    public void What_does_not_fit_is_named_by_path_and_types_and_never_by_content()
    {
        var payload = JsonValue.Parse("""{"owner":"Ada","cards":{"4111-1111-1111-1111":{"limits":[10,"much"]}},"note":"secret"}""");
        var problem = Should.Throw<PayloadException>(() => new PayloadSerializer().Deserialize<Wallet>(payload));
        problem.Message.ShouldStartWith("The payload is an object and does not fit the type Wallet: The JSON value could not be converted to ");
        problem.Message.ShouldEndWith(" Path: $.cards[*].limits[1], where there is a string.");
        foreach (var secret in new[] { "4111", "Ada", "much", "secret" }) problem.ToString().ShouldNotContain(secret);
        var tuple = Should.Throw<PayloadException>(() => new PayloadSerializer().Deserialize<int[]>(JsonValue.Parse("""[1,"much"]""")));
        tuple.Message.ShouldBe("The payload is an array of 2 elements and does not fit the type int[]: The JSON value could not be converted to System.Int32. Path: $[1], where there is a string.");
    }

    [Theory]
    [InlineData(typeof(DayOfWeek))]
    [InlineData(typeof(DayOfWeek?))]
    [InlineData(typeof(DayOfWeek[]))]
    public void An_enum_that_reads_numbers_says_how_to_read_names(Type type)
    {
        var payload = JsonValue.Parse(type.IsArray ? """[1,"Monday"]""" : "\"Monday\"");
        var problem = Should.Throw<PayloadException>(() => new PayloadSerializer().Check(payload, type));
        problem.Message.ShouldEndWith(" DayOfWeek is read as a number. Write the number, or add [JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))] to the enum, which then travels by name.");
        var named = new PayloadSerializer(new() { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter<DayOfWeek>() } });
        Should.Throw<PayloadException>(() => named.Check(JsonValue.Parse("\"Moonday\""), typeof(DayOfWeek))).Message.ShouldNotContain("is read as a number");
    }

    [Fact]
    public void A_value_that_cannot_be_written_is_named_without_keys_of_dictionaries()
    {
        var problem = Should.Throw<PayloadException>(() => new PayloadSerializer().Serialize(new Dictionary<string, Throwing> { ["4111"] = new() }));
        problem.ToString().ShouldNotContain("4111");
    }

    public sealed class Throwing
    {
        public string Text => throw new InvalidOperationException("not now");
    }

    public sealed record Wallet(string Owner, Dictionary<string, Card> Cards, string Note);

    public sealed record Card(int[] Limits);

    public sealed class Loop
    {
        public Loop? Next { get; set; }
    }

    public sealed record Named(DayOfWeek FirstDay);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Named[]))]
    [JsonSerializable(typeof(int[]))]
    sealed partial class Context : JsonSerializerContext;

    [System.Text.Json.Serialization.JsonDerivedType(typeof(Dog), "dog")]
    public abstract record Pet(string Name);

    public sealed record Dog(string Name, int Size) : Pet(Name);
}
