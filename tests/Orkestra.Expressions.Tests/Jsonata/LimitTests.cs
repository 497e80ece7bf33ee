using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Jsonata;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Suites;

/// <summary>Whatever an expression does, it ends with an error within its limits.</summary>
public class LimitTests
{
    static readonly JsonataLimits Tight = new() { MaxMemory = 256 << 20, MaxSteps = 20_000_000 };

    [Theory]
    [InlineData("($f := function($n) { 1 + $f($n + 1) }; $f(0))", "D1011")]
    [InlineData("($f := function($n) { $n + $g($n) }; $g := function($n) { [$f($n)] }; $f(0))", "D1011")]
    [InlineData("($f := function($x) { $map([1, 2], function($y) { $f($y)[0] }) }; $f(1))", "D1011")]
    [InlineData("($f := function() { $sort([1, 2], function($a, $b) { $f()[0] > 1 }) }; $f())", "D1011")]
    [InlineData("($f := function($s) { $replace($s, /a/, function($m) { $f($s) & '' }) }; $f('a'))", "D1011")]
    [InlineData("($f := function() { $eval('$f() + 1') }; $f())", "D1011,U1009")]
    [InlineData("($c := function($f, $n) { $n = 0 ? $f : $c($f ~> $string, $n - 1) }; $f := $c($string, 100000); $f(1))", "D1011")]
    [InlineData("($f := function() { $f() }; $f())", "U1001")]
    [InlineData("($f := function($n) { $g($n + 1) }; $g := function($n) { $f($n) }; $f(0))", "U1001")]
    [InlineData("[1..1e9]", "D2014")]
    [InlineData("[1..10000000].[1..10000000]", "U1003")]
    [InlineData("[[1..9999999], [1..9999999], [1..9999999]]", "U1003")]
    [InlineData("$reduce([1..1000], function($a, $b) { $a & $a }, 'x')", "U1003")]
    [InlineData("$reduce([1..1000], function($a, $b) { $append($a, $a) }, [1, 2])", "U1003,D2015,U1001")]
    [InlineData("$reduce([1..1000], function($a, $b) { $join([$a, $a]) }, 'x')", "U1003")]
    [InlineData("$reduce([1..1000], function($a, $b) { $string([$a, $a]) }, 'x')", "U1003")]
    [InlineData("$reduce([1..1000], function($a, $b) { $replace($a, /x/, 'xxxxxxxxxxx') }, 'x')", "U1003,U1001")]
    [InlineData("$string($reduce([1..1000], function($a, $b) { [[$a], [$a]] }, []))", "U1003,U1001")]
    [InlineData("$count($reduce([1..1000], function($a, $b) { {'l': $a, 'r': $a} }, {}).**)", "D2015,U1003,U1001")]
    [InlineData("$pad('x', 1000000000)", "U1003")]
    [InlineData("$pad('x', -1e300, 'long')", "U1003")]
    [InlineData("[1..1000].$pad('x', 1000000)", "U1003")]
    [InlineData("[1..5000000]{$string($): $}", "U1003,U1001")]
    [InlineData("$reduce([1..1000000], function($a, $b) { $merge([$a, {$string($b): $b}]) }, {})", "U1003,U1001")]
    [InlineData("$match($pad('', 30, 'a') & 'b', /(a+)+$/)", "")]
    [InlineData("$match($pad('', 40, 'a') & 'b', /^((a+)(?=.))+c\\1$/)", "U1001")]
    [InlineData("$split($pad('', 3000000, 'ab'), 'a')", "U1003,")]
    [InlineData("$sort([1..3000000], function($a, $b) { true })", "U1001")]
    [InlineData("$distinct([1..1000].[1..1000])", "")]
    [InlineData("$formatBase(1.7e308, 2)", "")]
    [InlineData("($x := [1..3000]; $count($x[$ in $x]) + $count($x@$a.$x@$b.{'a': $a, 'b': $b}))", "U1003,U1001")]
    [InlineData("$zip([1..2000000], [1..2000000], [1..2000000])", "U1003,U1001")]
    [InlineData("$each($merge([1..1000].{$string($): $}), function($v, $k) { [1..100000] })", "U1003,U1001")]
    public void An_evaluation_ends(string expression, string codes)
    {
        var code = "";
        try
        {
            JsonataApi.Compile(expression).Evaluate(limits: Tight);
        }
        catch (JsonataException problem)
        {
            code = problem.Code;
        }

        codes.Split(',').ShouldContain(code);
    }

    [Theory]
    [InlineData("($f := function($n, $x) { $n = 0 ? $x : $f($n - 1, {'a': $x, 'b': $x}) }; $f(40, 1) = $f(40, 1))", "U1001")]
    [InlineData("($f := function($n, $x) { $n = 0 ? $x : $f($n - 1, [[$x], [$x]]) }; $f(40, 1) = $f(40, 1))", "U1001")]
    [InlineData("($f := function($n, $x) { $n = 0 ? $x : $f($n - 1, {'a': $x, 'b': $x}) }; $distinct([$f(40, 1), $f(40, 1)]))", "U1001")]
    [InlineData("($f := function($n, $x) { $n = 0 ? $x : $f($n - 1, {'a': $x, 'b': $x}) }; $string($f(40, 1)))", "U1001,U1003")]
    [InlineData("($f := function($n, $x) { $n = 0 ? $x : $f($n - 1, {'a': $x, 'b': $x}) }; $f(40, $string))", "U1001,U1003")]
    [InlineData("($f := function($n, $x) { $n = 0 ? $x : $f($n - 1, {'a': $x, 'b': $x}) }; $f(40, 1) ~> | $ | {} |)", "U1001,U1003")]
    [InlineData("($f := function($n, $x) { $n = 0 ? $x : $f($n - 1, [[$x], [$x]]) }; $not($f(40, 0)))", "U1001")]
    [InlineData("($f := function($n, $x) { $n = 0 ? $x : $f($n - 1, [[$x], [$x]]) }; $keys($f(40, {'a': 1})))", "U1001")]
    [InlineData("($f := function($n, $x) { $n = 0 ? $x : $f($n - 1, [[$x], [$x]]) }; $lookup($f(40, {'a': 1}), 'b'))", "U1001")]
    [InlineData("($f := function($n, $x) { $n = 0 ? $x : $f($n - 1, [[$x], [$x]]) }; $spread($f(40, {'a': 1})))", "U1001,U1003,D2015")]
    [InlineData("($f := function($n, $x) { $n = 0 ? $x : $f($n - 1, [[$x], [$x]]) }; $f(40, {'a': 1}).b)", "U1001")]
    [InlineData("($f := function($n, $x) { $n = 0 ? $x : $f($n - 1, {'a': $x, 'b': $x}) }; $sort([$f(40, 1), $f(40, 1)], function($a, $b) { $a = $b }))", "U1001")]
    [InlineData("($s := $pad('', 1000000, 'a'); $contains($s, $pad('', 500000, 'a') & 'b'))", "")]
    [InlineData("($s := $pad('', 2000000, 'a'); $t := $pad('', 2000000, 'a'); $map([1..100000], function($i) { $s = $t })[0])", "U1001")]
    [InlineData("($s := $pad('', 2000000, 'a'); $map([1..100000], function($i) { $s in [$s & ''] })[0])", "U1001,U1003")]
    [InlineData("($s := $pad('', 2000000, 'a'); $map([1..100000], function($i) { $length($s) })[0])", "U1001")]
    [InlineData("($s := $pad('', 2000000, 'a'); $map([1..100000], function($i) { $contains($s, 'b') })[0])", "U1001")]
    [InlineData("($s := $pad('', 2000000, 'a'); $t := $s & ''; $map([1..100000], function($i) { $s < $t })[0])", "U1001")]
    [InlineData("($x := [1..100000]; $count($x[$x]))", "U1001")]
    [InlineData("$map([1..10000000], function($x) { function() { $x } })[0]", "U1003")]
    [InlineData("$formatNumber(1, $pad('', 1000000, '#,'))", "U1010")]
    [InlineData("$formatNumber(1, '0.0', {'decimal-separator': $pad('', 1000, '.')})", "U1010")]
    [InlineData("$replace($pad('', 100000, 'ab'), /(a)(b)/, $pad('', 10000, '$1$2'))", "U1001,U1003")]
    public void What_nests_and_what_is_long_is_counted(string expression, string codes)
    {
        var code = "";
        try
        {
            JsonataApi.Compile(expression).Evaluate(limits: Tight with { MaxSteps = 2_000_000 });
        }
        catch (JsonataException problem)
        {
            code = problem.Code;
        }

        codes.Split(',').ShouldContain(code);
    }

    [Fact]
    public async Task The_same_evaluation_takes_the_same_steps_whatever_ran_before()
    {
        string[] expressions =
        [
            "$count($distinct([1..2000].($string($ % 50) & 'x')))", "$sort([1..500].('k' & ($ * 7919) % 501))", "$match($pad('', 3000, 'ab '), /(\\w+\\s?)+$/)", "$merge([1..300].{'k' & $: $})",
            "[1..3000].{'a': $, 'b': [$, $]}", "$string([1..1000].{'a': $})", "$now()", "$replace($pad('', 5000, 'abc'), /b(c)?/, '[$1]')",
        ];
        long[] Count(string expression)
        {
            var meter = new EvaluationMeter(long.MaxValue, long.MaxValue);
            JsonataApi.Compile(expression).Evaluate(meter: meter);
            return [meter.Steps, meter.Memory];
        }

        var first = expressions.Select(Count).ToArray();
        JsonataApi.Compile("$count([1..2000000]) + $count($match($pad('', 200000, 'ab'), /a/))").Evaluate();
        expressions.Select(Count).ToArray().ShouldBe(first);
        (await Task.Run(() => expressions.Reverse().Select(Count).Reverse().ToArray())).ShouldBe(first);
    }

    [Fact]
    public void A_meter_spans_evaluations()
    {
        var meter = new EvaluationMeter(maxSteps: long.MaxValue, maxMemory: 256 << 20);
        var expression = JsonataApi.Compile("$pad('x', 10000000)");
        var made = 0;
        Should.Throw<JsonataException>(() =>
        {
            for (; made < 400; made++) expression.Evaluate(meter: meter);
        }).Code.ShouldBe("U1003");
        made.ShouldBe(13);
        meter.Memory.ShouldBeGreaterThan(256 << 20);

        var steps = new EvaluationMeter(maxSteps: 1000, maxMemory: long.MaxValue);
        var loop = JsonataApi.Compile("$sum([1..100])");
        Should.Throw<JsonataException>(() => Enumerable.Range(0, 100).Select(_ => loop.Evaluate(meter: steps)).Count(result => result is not null)).Code.ShouldBe("U1001");
    }

    [Fact]
    public void A_meter_stops_an_evaluation()
    {
        var asked = 0;
        var meter = new EvaluationMeter(long.MaxValue, long.MaxValue, () => ++asked == 3);
        Should.Throw<OperationCanceledException>(() => JsonataApi.Compile("($f := function() { $f() }; $f())").Evaluate(meter: meter));
        asked.ShouldBe(3);
        var regex = new EvaluationMeter(long.MaxValue, long.MaxValue, () => true);
        Should.Throw<OperationCanceledException>(() => JsonataApi.Compile("$contains($pad('', 60, 'a'), /^(?:(a|aa)+)\\1b/)").Evaluate(meter: regex));
    }

    [Theory]
    [InlineData("($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(1500))")]
    [InlineData("($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(1000000))")]
    [InlineData("$string($reduce([1..8000], function($a, $b) { [[$a]] }, []))")]
    [InlineData("$string($reduce([1..15000], function($a, $b) { [[$a]] }, []))")]
    [InlineData("($a := $reduce([1..15000], function($a, $b) { {'a': $a} }, {}); $a = $reduce([1..15000], function($a, $b) { {'a': $a} }, {}))")]
    [InlineData("$reduce([1..100000], function($a, $b) { {'a': $a} }, {})")]
    public void The_stack_of_the_thread_does_not_matter(string text)
    {
        var expression = JsonataApi.Compile(text);
        string? Outcome()
        {
            try
            {
                return expression.Evaluate()?.Utf8Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
            catch (JsonataException problem)
            {
                return problem.Code;
            }
        }

        var outcomes = new[] { 256, 1024, 16 * 1024, 128 * 1024 }.Select(kilobytes =>
        {
            var outcome = default(string);
            var thread = new Thread(() => outcome = Outcome(), kilobytes * 1024);
            thread.Start();
            thread.Join();
            return outcome.ShouldNotBeNull();
        });
        outcomes.Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("(", ")")]
    [InlineData("{'a':", "}")]
    [InlineData("-", "")]
    [InlineData("$f(", ")")]
    [InlineData("function(){", "}")]
    [InlineData("a[", "]")]
    [InlineData("1?", "")]
    [InlineData("$x:=", "")]
    [InlineData("|a|", "|")]
    public void A_nest_is_refused(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 10_000)) + "1" + string.Concat(Enumerable.Repeat(close, 10_000));
        Should.Throw<JsonataException>(() => JsonataApi.Compile(text)).Code.ShouldBe("U1002");
    }

    [Theory]
    [InlineData("1", "+1")]
    [InlineData("'a'", "&'a'")]
    [InlineData("a", ".a")]
    [InlineData("a", "[0]")]
    [InlineData("a", "~>$f")]
    [InlineData("$f", "()")]
    [InlineData("a", "^(a)")]
    public void A_chain_is_read_to_a_length_and_refused_beyond(string first, string more)
    {
        string Chain(int length) => first + string.Concat(Enumerable.Repeat(more, length));
        var expression = JsonataApi.Compile(Chain(1500));
        Should.NotThrow(() => Try(expression));
        Should.Throw<JsonataException>(() => JsonataApi.Compile(Chain(10_000))).Code.ShouldBe("U1002");
    }

    [Fact]
    public void Deep_expressions_are_evaluated_on_a_small_stack()
    {
        var nest = string.Concat(Enumerable.Repeat("[", 400)) + "1" + string.Concat(Enumerable.Repeat("]", 400));
        var recursion = "($f := function($n) { 1 + " + string.Concat(Enumerable.Repeat("(1 + ", 200)) + "$f($n)" + new string(')', 200) + " }; $f(0))";
        foreach (var text in new[] { nest, recursion })
        {
            var problem = default(Exception);
            var thread = new Thread(
                () =>
                {
                    try
                    {
                        JsonataApi.Compile(text).Evaluate();
                    }
                    catch (JsonataException expected)
                    {
                        problem = expected;
                    }
                },
                512 * 1024);
            thread.Start();
            thread.Join();
            if (problem is not null) ((JsonataException)problem).Code.ShouldBeOneOf("D1011", "U1002", "U1009");
        }
    }

    [Fact]
    public void Tail_calls_go_a_million_deep()
    {
        var expression = JsonataApi.Compile("($count := function($n, $sum) { $n = 0 ? $sum : $count($n - 1, $sum + $n) }; $count(1000000, 0))");
        expression.Evaluate().ShouldBe(500000500000);
        JsonataApi.Compile("($even := function($n) { $n = 0 ? true : $odd($n - 1) }; $odd := function($n) { $n = 0 ? false : $even($n - 1) }; $even(1000000))")
            .Evaluate().ShouldBe(true);
    }

    [Fact]
    public void Deep_values_end_in_an_error_where_they_leave()
    {
        var deep = JsonataApi.Compile("$reduce([1..200000], function($a, $b) { {'a': $a} }, {})");
        Should.Throw<JsonataException>(() => deep.EvaluateJson("null")).Code.ShouldBe("D1011");
        Should.Throw<JsonataException>(() => JsonataApi.Compile("$string($reduce([1..200000], function($a, $b) { [[$a]] }, []))").Evaluate()).Code.ShouldBe("D1011");
        Should.Throw<JsonataException>(() => JsonataApi.Compile("($a := $reduce([1..200000], function($a, $b) { {'a': $a} }, {}); $b := $reduce([1..200000], function($a, $b) { {'a': $a} }, {}); $a = $b)")
            .Evaluate()).Code.ShouldBe("D1011");
    }

    [Fact]
    public void The_size_of_the_result_is_limited_where_asked()
    {
        var expression = JsonataApi.Compile("$reduce([1..40], function($a, $b) { [[$a], [$a]] }, [])");
        Should.Throw<JsonataException>(() => expression.EvaluateJson("null")).Code.ShouldBe("U1004");
        Should.Throw<JsonataException>(() => JsonataApi.Compile("'12345678'").Evaluate(limits: new JsonataLimits { MaxOutputBytes = 9 })).Code.ShouldBe("U1004");
        JsonataApi.Compile("'12345678'").Evaluate(limits: new JsonataLimits { MaxOutputBytes = 10 }).ShouldBe("12345678");
    }

    static void Try(JsonataExpression expression)
    {
        try
        {
            expression.Evaluate(JsonObject.Empty);
        }
        catch (JsonataException)
        {
            // Some of the chains make no sense.
        }
    }
}
