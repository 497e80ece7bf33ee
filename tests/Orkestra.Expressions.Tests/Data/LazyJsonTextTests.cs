using System.Text;
using System.Text.Json;
using CsCheck;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Data;

/// <summary>Large texts, whose containers are made when they are looked at.</summary>
public sealed class LazyJsonTextTests
{
    static readonly string Filling = $"\"{new string('.', 5000)}\"";

    const string Damage = " \n,:{}[]\"\\-+.019eEtfnu/\u0001é";

    static readonly Gen<string> Large = JsonGen.Value.Array[40, 120].Select(values => $"[{Filling},{string.Join(',', values.Select(value => value.ToJson()))}]");

    [Fact]
    public void A_large_text_is_kept_until_it_is_looked_at()
    {
        var value = (JsonObject)JsonValue.Parse($$"""{"a":{{Filling}},"b":[{{Filling}},{"c":1}]}""");
        value.Kept.ShouldNotBeNull();
        value.Utf8Length.ShouldBe(value.ToJson().Length);
        value.Depth.ShouldBe(3);
        value.Kept.ShouldNotBeNull();
        ((JsonArray)value["b"]!).Kept.ShouldNotBeNull();
        value.Kept.ShouldBeNull();
        ((JsonArray)value["b"]!).Count.ShouldBe(2);
        value["b"]![1]!["c"].ShouldBe(1);
        ((JsonArray)value["b"]!).Kept.ShouldBeNull();
    }

    [Fact]
    public void A_small_part_does_not_hold_the_text_it_came_from()
    {
        var value = JsonValue.Parse($$"""{"a":{{Filling}},"b":[1,{"c":[]}]}""");
        ((JsonArray)value["b"]!).Kept.ShouldBeNull();
    }

    [Fact]
    public void Elements_are_those_of_small_texts() => JsonGen.Value.Array[40, 120].Sample(values =>
    {
        var texts = values.Select(value => value.ToJson()).Append(Filling).ToArray();
        var read = (JsonArray)JsonValue.Parse($"[{string.Join(',', texts)}]");
        var (length, depth) = (read.Utf8Length, read.Depth);
        read.Kept.ShouldNotBeNull();
        for (var i = 0; i < texts.Length; i++) read[i].ShouldBe(JsonValue.Parse(texts[i]));
        read.ToJson().ShouldBe($"[{string.Join(',', texts)}]");
        var made = JsonArray.Create(texts.Select(text => JsonValue.Parse(text)));
        length.ShouldBe(made.Utf8Length);
        depth.ShouldBe(made.Depth);
    });

    [Fact]
    public void White_space_does_not_count() => Large.Sample(text =>
    {
        var value = JsonValue.Parse(text);
        var spaced = JsonValue.Parse($"\r\n{value.ToIndentedJson()}\t ");
        spaced.ShouldBe(value);
        spaced.Utf8Length.ShouldBe(Encoding.UTF8.GetByteCount(text));
        spaced.ToJson().ShouldBe(text);
    });

    [Fact]
    public void Damaged_texts_are_read_or_refused_as_another_reader_does() =>
        Gen.Select(Large, Gen.Int[0, 100_000], Gen.Int[0, 2], Gen.Int[0, Damage.Length - 1]).Sample((text, at, kind, which) =>
        {
            var place = Filling.Length + 1 + (at % (text.Length - Filling.Length - 1));
            if (char.IsSurrogate(text[place])) return;
            var piece = Damage[which].ToString();
            AgreeWithAnotherReader(kind switch
            {
                0 => text.Remove(place, 1),
                1 => text.Insert(place, piece),
                _ => text.Remove(place, 1).Insert(place, piece),
            });
        }, iter: 1000);

    [Theory]
    [InlineData("1 2")]
    [InlineData("[1 2]")]
    [InlineData("[tr ue]")]
    [InlineData("[- 1]")]
    [InlineData("[01]")]
    [InlineData("[1.]")]
    [InlineData("[1e]")]
    [InlineData("[.5]")]
    [InlineData("[1,]")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{,}")]
    [InlineData("[\"\n\"]")]
    [InlineData("[\"\\x\"]")]
    [InlineData("\"")]
    [InlineData("]")]
    public void What_is_no_JSON_is_refused(string part)
    {
        Should.Throw<JsonFormatException>(() => JsonValue.Parse($"[{Filling},{part}]"));
        Should.Throw<JsonFormatException>(() => JsonValue.Parse($"[{part},{Filling}]"));
    }

    [Theory]
    [InlineData("""{"a":1,"b":2,"a":3}""", """{"a":3,"b":2}""")]
    [InlineData("""[{"a":1,"b":2},{"a":1,"a":2},{"a":1}]""", """[{"a":1,"b":2},{"a":2},{"a":1}]""")]
    [InlineData("""{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"d":2}""", """{"a":1,"b":1,"c":1,"d":2,"e":1,"f":1,"g":1,"h":1,"i":1}""")]
    [InlineData("""{"a":1,"\u0061":2}""", """{"a":2}""")]
    [InlineData("""["\/","\u00e9","\ud800","\"\\\b\f\n\r\t"]""", """["/","é","\ud800","\"\\\b\f\n\r\t"]""")]
    [InlineData("[-0,-0.0,1.0,1E5,12345678901234567890,0.1e-7]", "[-0,-0.0,1.0,1E5,12345678901234567890,0.1e-7]")]
    public void It_is_written_as_a_small_text_is(string part, string expected)
    {
        JsonValue.Parse(part).ToJson().ShouldBe(expected);
        JsonValue.Parse($"[{Filling},{part}]").ToJson().ShouldBe($"[{Filling},{expected}]");
        JsonValue.Parse($"[{Filling},{part}]")[1]!.ToJson().ShouldBe(expected);
    }

    [Fact]
    public void A_number_beyond_the_range_is_refused()
    {
        Should.Throw<JsonFormatException>(() => JsonValue.Parse($"[{Filling},1e999]"));
        Should.Throw<JsonFormatException>(() => JsonValue.Parse($"[{Filling},1{new string('0', 400)}]"));
    }

    [Fact]
    public void Limits_are_kept()
    {
        var nested = $"[{Filling},{new string('[', 9)}{new string(']', 9)}]";
        JsonValue.Parse(nested, new JsonReadOptions { MaxDepth = 10 }).Depth.ShouldBe(10);
        Should.Throw<JsonFormatException>(() => JsonValue.Parse(nested, new JsonReadOptions { MaxDepth = 9 }));
        Should.Throw<JsonFormatException>(() => JsonValue.Parse(nested, new JsonReadOptions { MaxBytes = 4999 }));
        JsonValue.Parse($"[{Filling},{new string('[', 500)}{new string(']', 500)}]").Depth.ShouldBe(501);
    }

    [Fact]
    public void Neighbours_share_a_shape_whenever_they_are_made()
    {
        var item = $$"""{"id":1,"text":{{Filling}}}""";
        var value = JsonValue.Parse($"[{item},{item}]");
        var (first, second) = ((JsonObject)value[0]!, (JsonObject)value[1]!);
        first.Kept.ShouldNotBeNull();
        first.Shape.ShouldBeSameAs(second.Shape);
    }

    [Fact]
    public void Threads_may_look_at_once()
    {
        var item = $$"""{"id":1,"text":{{Filling}}}""";
        for (var round = 0; round < 50; round++)
        {
            var value = JsonValue.Parse($"[{item},{item}]");
            var seen = new JsonValue?[4];
            Parallel.For(0, 4, i => seen[i] = value[1]!["text"]);
            seen.ShouldAllBe(text => ReferenceEquals(text, seen[0]));
        }
    }

    static void AgreeWithAnotherReader(string text)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
        }

        if (document is null)
        {
            Should.Throw<JsonFormatException>(() => JsonValue.Parse(text));
            return;
        }

        using (document)
        {
            var read = JsonElement.Parse(JsonValue.Parse(text).ToJson());
            // Of a name that is there twice the other reader keeps both.
            if (HasUniqueNames(text)) JsonElement.DeepEquals(document.RootElement, read).ShouldBeTrue(text);
        }
    }

    static bool HasUniqueNames(string text)
    {
        try
        {
            JsonElement.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
