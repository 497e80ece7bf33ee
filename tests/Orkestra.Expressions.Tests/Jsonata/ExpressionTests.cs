using System.Text.Json;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Suites;

/// <summary>What a caller sees of an expression.</summary>
public class ExpressionTests
{
    [Theory]
    [InlineData("$a + $b.c", "a,b")]
    [InlineData("$sum($states.input.x) + $count([])", "states")]
    [InlineData("($x := $y; function($z) { $x + $z + $w })", "w,y")]
    [InlineData("$map([1], function($v, $i) { $v })", "")]
    [InlineData("($f := function($n) { $f($n - 1) }; $f)", "")]
    [InlineData("items@$i#$n.{'a': $i, 'b': $n, 'c': $m}", "m")]
    [InlineData("$ & $$ & a.%.b", "")]
    [InlineData("$x := $x", "")]
    [InlineData("($x ; ($x := 1))", "x")]
    [InlineData("items ~> |$|{'a': $b}|", "b")]
    public void The_variables_it_reads_are_known(string expression, string variables) => string.Join(',', JsonataApi.Compile(expression).Variables).ShouldBe(variables);

    [Theory]
    [InlineData("$a + 1", "2")]
    [InlineData("$missing", null)]
    [InlineData("$missing = 1", "false")]
    [InlineData("$twice(21)", "42")]
    [InlineData("$map([1, 2], $twice)", "[2,4]")]
    [InlineData("($a := 5; $a)", "5")]
    [InlineData("function($a) { $a }(7)", "7")]
    [InlineData("$twice('x')", "!T0410")]
    public void Bindings_give_values_and_functions(string expression, string? expected)
    {
        var bindings = new JsonataBindings { ["a"] = 1 }.SetFunction("twice", arguments => ((JsonNumber)arguments[0]!).Value * 2, "<n:n>");
        Evaluate(expression, bindings).ShouldBe(expected);
    }

    [Fact]
    public void A_binding_hides_a_built_in_function()
    {
        var bindings = new JsonataBindings().SetFunction("sum", _ => "mine");
        Evaluate("$sum([1, 2])", bindings).ShouldBe("\"mine\"");
        Evaluate("$sum([1, 2])", null).ShouldBe("3");
    }

    [Fact]
    public void An_exception_of_a_function_reaches_the_caller()
    {
        var bindings = new JsonataBindings().SetFunction("fail", _ => throw new NotSupportedException("mine"));
        Should.Throw<NotSupportedException>(() => JsonataApi.Compile("[1, $fail()]").Evaluate(bindings: bindings)).Message.ShouldBe("mine");
        Evaluate("1 + 1", null).ShouldBe("2");
    }

    [Fact]
    public void A_function_of_the_host_sees_plain_json()
    {
        var seen = new List<JsonValue?>();
        var bindings = new JsonataBindings().SetFunction("see", arguments =>
        {
            foreach (var argument in arguments) seen.Add(argument);
            return null;
        });
        JsonataApi.Compile("$see(a.b, {'x': a.b, 'f': $sum}, nothing)").Evaluate(JsonValue.Parse("""{"a": [{"b": 1}, {"b": 2}]}"""), bindings).ShouldBeNull();
        seen.ShouldBe([JsonValue.Parse("[1,2]"), JsonValue.Parse("""{"x":[1,2]}"""), null]);
        seen[0].ShouldBeOfType<JsonArray>();
        ((JsonObject)seen[1]!).Values[0].ShouldBeOfType<JsonArray>();
    }

    [Fact]
    public void System_Text_Json_goes_in_and_out()
    {
        var expression = JsonataApi.Compile("lines.(price * 2)");
        using var document = JsonDocument.Parse("""{"lines": [{"price": 1.5}, {"price": 2}]}""");
        expression.Evaluate(document.RootElement)!.Value.GetRawText().ShouldBe("[3,4]");
        expression.EvaluateJson("""{"lines": {"price": 1.10}}""").ShouldBe("2.2");
        expression.EvaluateJson("{}").ShouldBeNull();
        JsonataApi.Compile("nothing").Evaluate(document.RootElement).ShouldBeNull();
    }

    [Fact]
    public void Numbers_that_only_pass_through_keep_their_text() =>
        JsonataApi.Compile("{'a': a, 'b': [b, c]}").EvaluateJson("""{"a": 1.0, "b": 12345678901234567890, "c": 1e2}""").ShouldBe("""{"a":1.0,"b":[12345678901234567890,1e2]}""");

    [Theory]
    [InlineData("1 + 'a'", "T2002", 3, "+", "The right side of the \"+\" operator must evaluate to a number")]
    [InlineData("$uppercase(5)", "T0410", 11, "uppercase", "Argument 1 of function \"uppercase\" does not match function signature")]
    [InlineData("{'a': 1", "S0203", 7, "(end)", "Expected \"}\" before end of expression")]
    [InlineData("[1, 2", "S0203", 5, "(end)", "Expected \"]\" before end of expression")]
    [InlineData("1 2", "S0201", 3, "2", "Syntax error: \"2\"")]
    [InlineData("$number('x')", "D3030", 8, "number", "Unable to cast value to a number: \"x\"")]
    [InlineData("sum([1])", "T1005", 4, "sum", "Attempted to invoke a non-function. Did you mean $sum?")]
    [InlineData("[1..1e8]", "D2014", 4, "..", "The size of the sequence allocated by the range operator (..) must not exceed 1e7.  Attempted to allocate 100000000.")]
    [InlineData("$error('mine')", "D3137", 7, "error", "mine")]
    public void An_error_has_a_code_a_place_and_a_sentence(string expression, string code, int position, string token, string message)
    {
        var problem = Should.Throw<JsonataException>(() => JsonataApi.Compile(expression).Evaluate());
        problem.Code.ShouldBe(code);
        problem.Position.ShouldBe(position);
        problem.Token.ShouldBe(token);
        problem.Message.ShouldBe(message);
    }

    [Fact]
    public void Many_threads_may_use_one_expression()
    {
        var expression = JsonataApi.Compile("($f := function($n) { $n < 2 ? $n : $f($n - 1) + $f($n - 2) }; [$f(n), lines[p > 1].p, lines{k: $sum(p)}, lines^(>p).p])");
        Parallel.For(0, 400, i =>
        {
            var input = JsonValue.Parse($$"""{"n": {{i % 12}}, "lines": [{"p": {{i}}, "k": "a"}, {"k": "b", "p": 3}, {"p": 2, "extra": true, "k": "a"}]}""");
            var again = JsonataApi.Compile(expression.Text).Evaluate(input);
            expression.Evaluate(input).ShouldBe(again);
        });
    }

    static string? Evaluate(string expression, JsonataBindings? bindings)
    {
        try
        {
            return JsonataApi.Compile(expression).Evaluate(JsonObject.Empty, bindings)?.ToJson();
        }
        catch (JsonataException problem)
        {
            return "!" + problem.Code;
        }
    }
}
