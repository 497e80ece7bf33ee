using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Data;

/// <summary>Objects and arrays over values that are not copied.</summary>
public sealed class JsonShapeTests
{
    [Fact]
    public void Objects_of_a_shape_are_objects_like_others()
    {
        var shape = new JsonShape("x", "y");
        var point = JsonObject.Wrap(shape, [1, 2]);
        point.ShouldBe(JsonObject.Create(("x", 1), ("y", 2)));
        point.ToJson().ShouldBe("""{"x":1,"y":2}""");
        point.Shape.ShouldBeSameAs(shape);
        point["y"].ShouldBe((JsonValue)2);
        shape.Count.ShouldBe(2);
        shape.Names.ToArray().ShouldBe(["x", "y"]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    public void A_shape_has_no_name_twice(int count)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(number => $"n{number}")];
        new JsonShape(names).Count.ShouldBe(count);
        Should.Throw<ArgumentException>(() => new JsonShape([.. names, "n1"])).Message.ShouldStartWith("The name 'n1' is there twice.");
    }

    [Fact]
    public void A_shape_does_not_change_with_the_array_it_was_made_of()
    {
        string[] names = ["a", "b"];
        var shape = new JsonShape(names);
        names[0] = "changed";
        JsonObject.Wrap(shape, [1, 2]).ToJson().ShouldBe("""{"a":1,"b":2}""");
    }

    [Fact]
    public void There_is_one_value_for_each_name() =>
        Should.Throw<ArgumentException>(() => JsonObject.Wrap(new JsonShape("a", "b"), [1])).Message.ShouldStartWith("The shape has 2 names, and there are 1 values.");

    [Fact]
    public void An_array_is_over_its_elements()
    {
        JsonArray.Wrap([1, "a"]).ToJson().ShouldBe("""[1,"a"]""");
        JsonArray.Wrap([]).ShouldBeSameAs(JsonArray.Empty);
    }
}
