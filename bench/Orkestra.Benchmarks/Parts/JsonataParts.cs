using BenchmarkDotNet.Attributes;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;

namespace Orkestra.Benchmarks.Parts;

/// <summary>An expression: read, and evaluated over values of ten and a hundred kilobytes.</summary>
[MemoryDiagnoser]
public class JsonataParts
{
    const string Text = "{'total': $sum(items.(price * quantity)), 'names': items[price > 10].name ~> $distinct(), 'first': items[0]}";

    readonly JsonataExpression expression = Expressions.Jsonata.Jsonata.Compile(Text);
    JsonValue input = JsonValue.Null;

    [Params(100, 1000)]
    public int Items { get; set; }

    [GlobalSetup]
    public void Setup() => input = JsonObject.Create(("items", JsonArray.Create(Enumerable.Range(0, Items).Select(JsonValue (number) => JsonObject.Create(
        ("name", $"item {number % 50}"), ("price", number % 20), ("quantity", 2), ("note", new string('x', 40)))))));

    [Benchmark]
    public JsonataExpression Compile() => Expressions.Jsonata.Jsonata.Compile(Text);

    [Benchmark]
    public JsonValue? Evaluate() => expression.Evaluate(input);
}
