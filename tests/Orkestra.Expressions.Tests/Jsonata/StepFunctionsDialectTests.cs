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
    [InlineData("$range(0, 10, 3)", "[0,3,6,9]")]
    [InlineData("$range(10, 0, -5)", "[10,5,0]")]
    [InlineData("$range(1, 9, 9)", "1")]
    [InlineData("[1/0, -1/0, 0/0, 1e200 * 1e200]", "[\"Infinity\",\"-Infinity\",\"NaN\",\"Infinity\"]")]
    [InlineData("1/0 > 5", "true")]
    [InlineData("$string([2/3, -2/3, 1e20, 1e21, 1e-7, 100 * 1.1, 0.1 + 0.2])", "\"[0.666666666666666,-0.666666666666667,100000000000000000000,1e+21,1e-7,1.1e+2,0.3]\"")]
    [InlineData("$string($parse('9223372036854775807'))", "\"9223372036854775807\"")]
    [InlineData("[$number('.5'), $number('1.'), $number('+1'), $number(' 1d '), $number('0b11')]", "[0.5,1,1,1,3]")]
    [InlineData("$replace('a\u00a0b c', /\\s/, '_')", "\"a\u00a0b_c\"")]
    [InlineData("$match('aXbx', /x/i).match", "[\"X\",\"x\"]")]
    [InlineData("$split('a1b22c', /\\p{Nd}+/)", "[\"a\",\"b\",\"c\"]")]
    [InlineData("$replace('foobar', /[a-z&&[^aeiou]]++/, '-')", "\"-oo-a-\"")]
    [InlineData("$replace('abc', /(?i)B|\\Qc\\E/, '.')", "\"a..\"")]
    [InlineData("$replace('😀x', /^./, '')", "\"x\"")]
    [InlineData("$replace('ab', /x*/, '-')", "\"-a-b-\"")]
    [InlineData("[1] in [[1]]", "true")]
    [InlineData("$formatBase(2.5e18, 16.9)", "\"22b1c8c1227a0000\"")]
    [InlineData("$decodeUrlComponent('a+b%20%C3%A9')", "\"a b é\"")]
    [InlineData("$toMillis('2025-03-01t10:20z')", "1740824400000")]
    [InlineData("$parse(\"{'a': 'it\\\\'s'}\").a", "\"it's\"")]
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
    [InlineData("$map([1], function($x){ name & $x })", "name")]
    [InlineData("($f := function(){ $.name }; $f())", "$")]
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
    [InlineData("$hash('a', 'CRC')", "D3137")]
    [InlineData("$parse('{')", "D3137")]
    [InlineData("$parse('{\"a\":1,\"a\":2}')", "D3137")]
    [InlineData("$parse('1 2')", "D3137")]
    [InlineData("$partition([1], -1)", "D3137")]
    [InlineData("$partition(5, 1)", "T0412")]
    [InlineData("$range(1, 1e9, 1)", "U1003")]
    [InlineData("$substring('a😀b', 1)", "U1013")]
    [InlineData("$base64decode('!')", "U1013")]
    [InlineData("1/0 + 1", "D1001")]
    [InlineData("(1/0) ~> $formatInteger('a')", "D3130")]
    [InlineData("(-1/0) ~> $formatInteger('w')", "D3130")]
    [InlineData("(0/0) ~> $formatInteger('I')", "D3130")]
    [InlineData("[$sum]", "U1005")]
    [InlineData("$toMillis('2025-02-30')", "D3110")]
    [InlineData("$match('a', /[^]/)", "U1006")]
    [InlineData("1 ?: 2", "S0211")]
    [InlineData("$map([1], function($x) { $x ?? 2 })", "S0211")]
    [InlineData("$fn := function($x) { $x }", "U1005")]
    public void Misuse_is_an_error(string expression, string code) => Should.Throw<JsonataException>(() => Evaluate(expression)).Code.ShouldBe(code);

    [Theory]
    [InlineData("1e25", "1.0E25")]
    [InlineData("[1.0, -0, 0.10, 1e2, 12345678.5, 0.0001, 9223372036854775808]", "[1,0,0.1,100,1.23456785E7,1.0E-4,9.223372036854776E18]")]
    [InlineData("{\"a\":{\"b\":[9007199254740993,1.50]}}", "{\"a\":{\"b\":[9007199254740993,1.5]}}")]
    public void Numbers_of_a_result_have_the_text_of_Java(string value, string expected)
    {
        var bindings = new JsonataBindings { ["states"] = JsonObject.Create(("input", JsonValue.Parse(value))) };
        var expression = JsonataApi.Compile("$states.input", JsonataOptions.StepFunctions);
        expression.Evaluate(bindings: bindings)!.ToJson().ShouldBe(expected);
        // Once known to need no change it is given as it is.
        var again = expression.Evaluate(bindings: new JsonataBindings { ["states"] = JsonObject.Create(("input", JsonValue.Parse(expected))) })!;
        again.ToJson().ShouldBe(expected);
    }

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
