using CsCheck;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Suites;

/// <summary>Laws that hold for every value.</summary>
public class PropertyTests
{
    static readonly Gen<int[]> Numbers = Gen.Int[-50, 50].Array[0, 40];

    [Fact]
    public void Json_is_an_expression_of_itself() => JsonGen.Value.Sample(value => JsonataApi.Compile(value.ToJson()).Evaluate().ShouldBe(value), iter: 2000);

    [Fact]
    public void The_input_is_the_result_of_the_context() => JsonGen.Value.Sample(value => JsonataApi.Compile("$").Evaluate(value).ShouldBe(value), iter: 500);

    [Fact]
    public void Text_of_a_value_reads_back() =>
        JsonGen.Value.Sample(
            value =>
            {
                var text = JsonataApi.Compile("$string([$])").Evaluate(value)!;
                var again = JsonataApi.Compile("$parse($text)", JsonataOptions.StepFunctions).Evaluate(bindings: new JsonataBindings { ["text"] = text });
                JsonataApi.Compile("$string($)").Evaluate(again).ShouldBe(text);
            },
            iter: 1000);

    [Fact]
    public void Spreading_and_merging_an_object_changes_nothing() =>
        JsonGen.Value.Sample(
            value =>
            {
                if (value is JsonObject { Count: > 0 }) JsonataApi.Compile("$merge($spread($))").Evaluate(value).ShouldBe(value);
            },
            iter: 1000);

    [Fact]
    public void Sorting_and_ordering_agree() =>
        Numbers.Sample(
            numbers =>
            {
                var sorted = numbers.Order().ToArray();
                Numeric("$sort($)", numbers).ShouldBe(sorted);
                Numeric("$^($)", numbers).ShouldBe(sorted);
                Numeric("$^(>$)", numbers).ShouldBe([.. sorted.Reverse()]);
                Numeric("$sort($, function($a, $b) { $a > $b })", numbers).ShouldBe(sorted);
                Numeric("$reverse($reverse($))", numbers).ShouldBe(numbers);
            },
            iter: 300);

    [Fact]
    public void Filtering_mapping_and_folding_agree_with_Linq() =>
        Numbers.Sample(
            numbers =>
            {
                Numeric("$[$ > 3]", numbers).ShouldBe([.. numbers.Where(n => n > 3)]);
                Numeric("$filter($, function($n) { $n > 3 })", numbers).ShouldBe([.. numbers.Where(n => n > 3)]);
                Numeric("$.($ * 2)", numbers).ShouldBe([.. numbers.Select(n => n * 2)]);
                Numeric("$map($, function($n, $i) { $n + $i })", numbers).ShouldBe([.. numbers.Select((n, i) => n + i)]);
                Numeric("$distinct($)", numbers).ShouldBe([.. numbers.Distinct()]);
                Numeric("$sum($)", numbers).ShouldBe([numbers.Sum()]);
                Numeric("$reduce($, function($a, $b) { $a + $b }, 0)", numbers).ShouldBe([numbers.Sum()]);
                Numeric("$count($)", numbers).ShouldBe([numbers.Length]);
                Numeric("$max($)", numbers).ShouldBe(numbers.Length == 0 ? [] : [numbers.Max()]);
            },
            iter: 300);

    [Fact]
    public void Grouping_loses_no_item() =>
        Numbers.Sample(
            numbers =>
            {
                var groups = (JsonObject)JsonataApi.Compile("${$string($ % 7): $sum($)}").Evaluate(Array(numbers))!;
                var expected = numbers.GroupBy(n => n % 7).ToDictionary(group => $"{group.Key}", group => (JsonValue)group.Sum());
                groups.ShouldBe(numbers.Length == 0 ? JsonObject.Empty : JsonObject.Create(expected));
            },
            iter: 300);

    [Fact]
    public void Arithmetic_is_that_of_doubles() =>
        Gen.Select(Gen.Double[-1e6, 1e6], Gen.Double[-1e6, 1e6]).Sample(
            (a, b) =>
            {
                var bindings = new JsonataBindings { ["a"] = a, ["b"] = b };
                Number("$a + $b", bindings).ShouldBe(a + b);
                Number("$a - $b", bindings).ShouldBe(a - b);
                Number("$a * $b", bindings).ShouldBe(a * b);
                if (b != 0) Number("$a / $b", bindings).ShouldBe(a / b);
                if (b != 0) Number("$a % $b", bindings).ShouldBe(a % b);
                JsonataApi.Compile("[$a < $b, $a <= $b, $a > $b, $a >= $b, $a = $b, $a != $b]").Evaluate(bindings: bindings)
                    .ShouldBe(JsonArray.Create([a < b, a <= b, a > b, a >= b, a == b, a != b]));
            },
            iter: 500);

    [Fact]
    public void A_path_is_its_steps_one_after_another() =>
        JsonGen.Value.Sample(
            value =>
            {
                var names = value is JsonObject members ? members.Names.ToArray() : [];
                foreach (var name in names.Where(name => !name.Contains('`')))
                {
                    var inner = JsonataApi.Compile($"`{name}`").Evaluate(value);
                    JsonataApi.Compile($"$lookup($, {JsonString.Create(name).ToJson()})").Evaluate(value).ShouldBe(inner);
                    JsonataApi.Compile($"(`{name}`).`{name}`").Evaluate(value).ShouldBe(JsonataApi.Compile($"`{name}`.`{name}`").Evaluate(value));
                }
            },
            iter: 500);

    static JsonArray Array(int[] numbers) => JsonArray.Create(numbers.Select(n => (JsonValue)n));

    static double Number(string expression, JsonataBindings bindings) => ((JsonNumber)JsonataApi.Compile(expression).Evaluate(bindings: bindings)!).Value;

    // A sequence of one is the one, and of none is nothing.
    static int[] Numeric(string expression, int[] numbers) => JsonataApi.Compile(expression).Evaluate(Array(numbers)) switch
    {
        null => [],
        JsonNumber number => [(int)number.Value],
        var array => [.. ((JsonArray)array).Span.ToArray().Select(item => (int)((JsonNumber)item).Value)],
    };
}
