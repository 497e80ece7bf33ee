using System.Globalization;
using System.Text.Json;
using CsCheck;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Data;

public sealed class JsonValueTests
{
    [Theory]
    [InlineData("1.0")]
    [InlineData("12345678901234567890")]
    [InlineData("-0")]
    [InlineData("1e3")]
    [InlineData("3.14")]
    [InlineData("""{"b":1,"a":[true,false,null,"x\"\\\n\u0001é😀"],"":{}}""")]
    [InlineData("""[{"a":1,"b":2},{"a":3,"b":4},{"a":5},{"b":6,"a":7},[]]""")]
    [InlineData("""["\ud800","\udc00x"]""")]
    public void Text_is_kept(string json)
    {
        var value = JsonValue.Parse(json);
        value.ToJson().ShouldBe(json);
        value.Utf8Length.ShouldBe(value.ToUtf8Bytes().Length);
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1e21, "1e+21")]
    [InlineData(1.5e-7, "1.5e-7")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(0.00001234, "0.00001234")]
    [InlineData(123456789012345680000d, "123456789012345680000")]
    [InlineData(-1.25e30, "-1.25e+30")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    [InlineData(9007199254740992d, "9007199254740992")]
    [InlineData(9999999999999999d, "10000000000000000")]
    public void Calculated_numbers_are_written_as_ECMAScript_writes_them(double value, string text) => JsonNumber.Create(value).Text.ShouldBe(text);

    [Fact]
    public void Numbers_with_few_digits_are_read_and_written_as_all_others() => Gen.Select(Gen.Long[-999_999_999_999_999, 999_999_999_999_999], Gen.Int[0, 14]).Sample((digits, places) =>
    {
        var text = (digits / (decimal)Math.Pow(10, places)).ToString(CultureInfo.InvariantCulture);
        var value = double.Parse(text, CultureInfo.InvariantCulture);
        var read = JsonNumber.Parse(text);
        read.Value.ShouldBe(value);
        read.Text.ShouldBe(text);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        if (!shortest.Contains('E')) JsonNumber.Create(value).Text.ShouldBe(shortest);
    }, iter: 10_000);

    [Fact]
    public void Equality_is_by_content()
    {
        (JsonValue.Parse("""{"a":1,"b":[2.0]}""") == JsonValue.Parse("""{"b":[2],"a":1.0}""")).ShouldBeTrue();
        (JsonValue.Parse("12345678901234567890") == JsonValue.Parse("12345678901234567891")).ShouldBeFalse();
        (JsonValue.Parse("""{"a":1}""") == JsonValue.Parse("""{"a":1,"b":1}""")).ShouldBeFalse();
        JsonValue.Parse("""{"a":1,"b":2}""").GetHashCode().ShouldBe(JsonValue.Parse("""{"b":2,"a":1}""").GetHashCode());
    }

    [Fact]
    public void Neighbouring_objects_share_a_shape()
    {
        var rows = (JsonArray)JsonValue.Parse("""[{"a":1,"b":2},{"a":3,"b":4}]""");
        ((JsonObject)rows[0]).Shape.ShouldBeSameAs(((JsonObject)rows[1]).Shape);
    }

    [Fact]
    public void The_same_names_are_written_the_same_each_time()
    {
        var value = JsonValue.Parse("""{"a":1,"\u0022\n":{"é":[]},"":{}}""");
        for (var i = 0; i < 3; i++) value.ToJson().ShouldBe("""{"a":1,"\"\n":{"é":[]},"":{}}""");
        value.ToIndentedJson().ShouldBe("""
            {
              "a": 1,
              "\"\n": {
                "é": []
              },
              "": {}
            }
            """);
    }

    [Fact]
    public void Of_equal_names_the_last_counts() => JsonValue.Parse("""{"a":1,"b":2,"a":3}""").ToJson().ShouldBe("""{"a":3,"b":2}""");

    [Fact]
    public void Limits_are_kept()
    {
        Should.Throw<JsonFormatException>(() => JsonValue.Parse(new string('[', 2000) + new string(']', 2000)));
        Should.Throw<JsonFormatException>(() => JsonValue.Parse("[1,2]", new JsonReadOptions { MaxBytes = 4 }));
        var problem = Should.Throw<JsonFormatException>(() => JsonValue.Parse("{\n  \"a\": ,\n}"));
        (problem.Line, problem.Column).ShouldBe((2, 8));
        Should.Throw<JsonFormatException>(() => JsonValue.Parse("1 2"));
        Should.Throw<JsonFormatException>(() => JsonValue.Parse("1e999"));
        Should.Throw<JsonFormatException>(() => JsonValue.Parse(""));
    }

    [Fact]
    public void Members_are_replaced_without_touching_the_original()
    {
        var value = JsonObject.Create(("a", 1), ("b", "x"));
        value.With("a", 2).ToJson().ShouldBe("""{"a":2,"b":"x"}""");
        value.With("c", JsonValue.Null).ToJson().ShouldBe("""{"a":1,"b":"x","c":null}""");
        value.Without("a").ToJson().ShouldBe("""{"b":"x"}""");
        value.ToJson().ShouldBe("""{"a":1,"b":"x"}""");
    }

    [Fact]
    public void It_travels_through_System_Text_Json()
    {
        var row = JsonSerializer.Deserialize<Row>("""{"Value":{"a":[1.0,"x"]}}""")!;
        row.Value!["a"]![0]!.ToJson().ShouldBe("1.0");
        JsonSerializer.Serialize(row).ShouldBe("""{"Value":{"a":[1.0,"x"]}}""");
        (JsonValue.From(JsonElement.Parse("[1]")) == JsonArray.Create([1])).ShouldBeTrue();
        JsonValue.Parse("[1]").ToJsonElement().GetArrayLength().ShouldBe(1);
    }

    sealed record Row(JsonValue? Value);

    [Theory]
    [InlineData(new byte[] { 0x22, 0xFF, 0x22 }, 1, 2)]
    [InlineData(new byte[] { 0x5B, 0x0A, 0x22, 0xC3, 0x22, 0x5D }, 2, 2)]
    [InlineData(new byte[] { 0x22, 0xED, 0xA0, 0x80, 0x22 }, 1, 2)]
    [InlineData(new byte[] { 0x22, 0xC0, 0x80, 0x22 }, 1, 2)]
    public void Invalid_utf8_is_refused_with_its_place(byte[] text, int line, int column)
    {
        foreach (var padding in new[] { 0, 5000 })
        {
            byte[] padded = [.. text, .. Enumerable.Repeat((byte)' ', padding)];
            var problem = Should.Throw<JsonFormatException>(() => JsonValue.Parse(padded));
            (problem.Line, problem.Column).ShouldBe((line, column));
            problem.Message.ShouldContain("UTF-8");
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_with_its_place()
    {
        var problem = Should.Throw<JsonFormatException>(() => JsonValue.Parse("[1,\n\"\uD83D\"]"));
        (problem.Line, problem.Column).ShouldBe((2, 2));
        JsonValue.Parse("\"\\ud83d\"").ShouldBe(JsonString.Create("\uD83D"));
        JsonValue.Parse("\"😀\"").ShouldBe(JsonString.Create("😀"));
    }

    [Fact]
    public void A_million_equal_names_are_read_in_one_pass()
    {
        var text = "{" + string.Join(',', Enumerable.Repeat("\"a\":1", 1_000_000)) + ",\"b\":2}";
        JsonValue.Parse(text).ToJson().ShouldBe("{\"a\":1,\"b\":2}");
        var pairs = "[" + string.Join(',', Enumerable.Repeat("{\"a\":1,\"a\":2}", 200_000)) + "]";
        ((JsonArray)JsonValue.Parse(pairs)).Count.ShouldBe(200_000);
    }

    [Fact]
    public void Depth_is_limited_by_count_and_not_by_the_stack()
    {
        var deep = new string('[', 10_000) + new string(']', 10_000);
        var problems = new List<string>();
        var thread = new Thread(
            () =>
            {
                var value = JsonValue.Parse(deep, new JsonReadOptions { MaxDepth = 10_000 });
                if (value.Depth != 10_000) problems.Add("depth");
                if (value.ToJson() != deep) problems.Add("text");
                if (!value.Equals(JsonValue.Parse(deep, new JsonReadOptions { MaxDepth = 10_000 }))) problems.Add("equality");
                if (value.GetHashCode() != JsonValue.Parse(deep, new JsonReadOptions { MaxDepth = 10_000 }).GetHashCode()) problems.Add("hash");
            },
            256 * 1024);
        thread.Start();
        thread.Join();
        problems.ShouldBeEmpty();
        Should.Throw<JsonFormatException>(() => JsonValue.Parse(deep));
    }
}
