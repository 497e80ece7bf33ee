using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Suites;

/// <summary>The flavour of AWS Step Functions.</summary>
public class StepFunctionsDialectTests
{
    [Theory]
    [InlineData("$partition([1,2,3,4], 3)", "[[1,2,3],[4]]")]
    [InlineData("$partition([0], 1)", "[[0]]")]
    [InlineData("$partition([], 2)", "[]")]
    [InlineData("$range(0, 10, 3)", "[0,3,6,9]")]
    [InlineData("$range(10, 0, -5)", "[10,5,0]")]
    [InlineData("$range(1, 9, 9)", "1")]
    [InlineData("$hash('hello', 'SHA-1')", "\"aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d\"")]
    [InlineData("$hash('hello', 'MD5')", "\"5d41402abc4b2a76b9719d911017c592\"")]
    [InlineData("$parse('{\"a\": [1, null]}')", "{\"a\":[1,null]}")]
    [InlineData("$parse('-0')", "-0")]
    [InlineData("$states.input.lines[price > 1].{'sku': sku, 'all': $}", "{\"sku\":\"b\",\"all\":{\"sku\":\"b\",\"price\":2}}")]
    [InlineData("$sum($states.input.lines.price)", "3")]
    public void Functions_give_what_the_service_gives(string expression, string expected) => Evaluate(expression).ShouldBe(JsonValue.Parse(expected));

    [Theory]
    [InlineData("$", "$")]
    [InlineData("$$", "$$")]
    [InlineData("$.input", "$")]
    [InlineData("states.input", "states")]
    [InlineData("'a' & name", "name")]
    [InlineData("{'a': [name]}", "name")]
    [InlineData("$map([1], name)", "name")]
    [InlineData("$x := name", "name")]
    [InlineData("*", "*")]
    public void There_is_no_input_at_the_top_level(string expression, string token)
    {
        var problem = Should.Throw<JsonataException>(() => JsonataApi.Compile(expression, JsonataOptions.StepFunctions));
        problem.Code.ShouldBe("U1008");
        problem.Token.ShouldBe(token);
    }

    [Theory]
    [InlineData("$eval('1')", "T1006")]
    [InlineData("missing(1)", "T1006")]
    [InlineData("sum([1])", "T1005")]
    [InlineData("$hash('a', 'CRC')", "U1007")]
    [InlineData("$parse('{')", "U1007")]
    [InlineData("$partition([1], 0)", "U1007")]
    [InlineData("$range(1, 2, 0)", "U1007")]
    [InlineData("$range(1, 1e9, 1)", "D2015")]
    [InlineData("$fn := function($x) { $x }", "U1005")]
    public void Misuse_is_an_error(string expression, string code) => Should.Throw<JsonataException>(() => Evaluate(expression)).Code.ShouldBe(code);

    [Fact]
    public void Randomness_and_time_are_the_callers()
    {
        var bindings = new JsonataBindings { Seed = 7, Time = DateTimeOffset.FromUnixTimeMilliseconds(1_500_000_000_123) };
        var expression = JsonataApi.Compile("[$random(), $random(42), $uuid(), $now(), $millis(), $shuffle([1..9])]", JsonataOptions.StepFunctions);
        var first = (JsonArray)expression.Evaluate(bindings: bindings)!;
        expression.Evaluate(bindings: bindings).ShouldBe(first);
        expression.Evaluate(bindings: new JsonataBindings { Seed = 8, Time = bindings.Time }).ShouldNotBe(first);
        ((JsonString)first[2]).Value.ShouldMatch("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
        first[3].ShouldBe("2017-07-14T02:40:00.123Z");
        first[4].ShouldBe(1_500_000_000_123);
        ((JsonNumber)first[0]).Value.ShouldBeInRange(0, 1);
        expression.Evaluate().ShouldNotBe(expression.Evaluate());
    }

    static JsonValue? Evaluate(string expression)
    {
        var states = JsonValue.Parse("""{"input": {"lines": [{"sku": "a", "price": 1}, {"sku": "b", "price": 2}]}}""");
        return JsonataApi.Compile(expression, JsonataOptions.StepFunctions).Evaluate(bindings: new JsonataBindings { ["states"] = states });
    }
}
