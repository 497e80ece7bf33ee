using CsCheck;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Paths;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Paths;

public sealed class ReferencePathTests
{
    [Theory]
    [InlineData("$", "{\"a\":1}", "6")]
    [InlineData("$.a", "{\"a\":1,\"b\":2}", "{\"a\":6,\"b\":2}")]
    [InlineData("$.b", "{\"a\":1}", "{\"a\":1,\"b\":6}")]
    [InlineData("$.b.c.d", "{\"a\":1}", "{\"a\":1,\"b\":{\"c\":{\"d\":6}}}")]
    [InlineData("$['b']['c d']", "{}", "{\"b\":{\"c d\":6}}")]
    [InlineData("$.a[1]", "{\"a\":[1,2,3]}", "{\"a\":[1,6,3]}")]
    [InlineData("$[0].x", "[{},2]", "[{\"x\":6},2]")]
    public void Set_puts_a_value_in_its_place(string path, string root, string expected) =>
        ReferencePath.Compile(path).Set(JsonValue.Parse(root), 6).ShouldBe(JsonValue.Parse(expected));

    [Theory]
    [InlineData("$.a", "[1]")]
    [InlineData("$.a", "\"text\"")]
    [InlineData("$.a.b", "{\"a\":1}")]
    [InlineData("$.a[0]", "{\"a\":[]}")]
    [InlineData("$.a[0]", "{}")]
    [InlineData("$[0]", "{}")]
    public void Set_is_refused_where_something_is_in_the_way(string path, string root) =>
        Should.Throw<ReferencePathException>(() => ReferencePath.Compile(path).Set(JsonValue.Parse(root), 6));

    [Theory]
    [InlineData("$.a[*]")]
    [InlineData("$..a")]
    [InlineData("$.a[0:1]")]
    [InlineData("$.a[0,1]")]
    [InlineData("$.a[?(@.b)]")]
    [InlineData("$.a.length()")]
    [InlineData("$['a','b']")]
    public void Only_fields_and_indexes_make_a_Reference_Path(string path)
    {
        Should.Throw<JsonPathSyntaxException>(() => ReferencePath.Compile(path));
        ReferencePath.TryCompile(path, out _).ShouldBeFalse();
    }

    [Fact]
    public void What_is_beside_the_way_is_shared()
    {
        var root = JsonValue.Parse("""{"big":{"x":[1,2,3]},"way":{"y":1}}""");
        var changed = ReferencePath.Compile("$.way.z").Set(root, 2);
        changed["big"].ShouldBeSameAs(root["big"]);
        root.ToJson().ShouldBe("""{"big":{"x":[1,2,3]},"way":{"y":1}}""");
    }

    [Fact]
    public void Objects_of_one_shape_keep_one_shape()
    {
        var rows = (JsonArray)JsonValue.Parse("""[{"a":1},{"a":2}]""");
        var path = ReferencePath.Compile("$.b");
        ((JsonObject)path.Set(rows[0], 3)).Shape.ShouldBeSameAs(((JsonObject)path.Set(rows[1], 4)).Shape);
        path.Set(rows[1], 4).ToJson().ShouldBe("""{"a":2,"b":4}""");
    }

    [Fact]
    public void What_was_set_is_got() => Gen.Select(Gen.Int[0, 4].Array[0, 5], JsonGen.Value, JsonGen.Value).Sample((names, root, value) =>
    {
        var path = ReferencePath.Compile("$" + string.Concat(names.Select(name => $".n{name}")));
        try
        {
            var changed = path.Set(root, value);
            return ReferenceEquals(path.Get(changed), value);
        }
        catch (ReferencePathException)
        {
            return path.Get(root) is null;
        }
    });

    [Fact]
    public void The_result_has_the_size_and_the_depth_of_its_text() => Gen.Select(Gen.Int[0, 4].Array[1, 3], JsonGen.Value, JsonGen.Value, Gen.Bool).Sample((names, members, value, isMeasured) =>
    {
        JsonValue root = JsonObject.Create(("n0", members), ("n1", value));
        if (isMeasured) root.Utf8Length.ShouldBeGreaterThan(0);
        // Twice, as the second time the member is there.
        foreach (var replaced in (JsonValue[])[value, members])
        {
            try
            {
                root = ReferencePath.Compile("$" + string.Concat(names.Select(name => $".n{name}"))).Set(root, replaced);
            }
            catch (ReferencePathException)
            {
                return;
            }

            (root.Utf8Length, root.Depth).ShouldBe((root.ToUtf8Bytes().Length, JsonValue.Parse(root.ToJson()).Depth));
        }
    });

    [Fact]
    public void A_value_that_is_there_changes_nothing()
    {
        var root = JsonValue.Parse("""{"a":{"b":[1]}}""");
        ReferencePath.Compile("$.a.b").Set(root, root["a"]!["b"]!).ShouldBeSameAs(root);
    }

    [Fact]
    public void The_specification_s_examples_hold()
    {
        foreach (var example in ConformanceData.Cases("spec/worked-examples.json"))
        {
            switch (example.Text("kind"))
            {
                case "path":
                    ReferencePath.Compile(example.Text("path")!).Get(example["input"]!).ShouldBe(example["expect"]!["output"], example.Text("id"));
                    break;
                case "path-syntax":
                    ReferencePath.TryCompile(example.Text("path")!, out _).ShouldBeTrue(example.Text("id"));
                    break;
                case "result-path":
                    ReferencePath.Compile(example.Text("resultPath")!).Set(example["input"]!, example["result"]!).ShouldBe(example["expect"]!["output"], example.Text("id"));
                    break;
                default: break;
            }
        }
    }
}
