using BenchmarkDotNet.Attributes;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Intrinsics;
using Orkestra.Expressions.Paths;

namespace Orkestra.Benchmarks.Parts;

/// <summary>JSONPath, Reference Paths and intrinsic functions.</summary>
[MemoryDiagnoser]
public class PathParts
{
    readonly JsonPath one = JsonPath.Compile("$.order.items[3].price");
    readonly JsonPath filtered = JsonPath.Compile("$.order.items[?(@.price > 10)].name");
    readonly ReferencePath target = ReferencePath.Compile("$.order.result.total");
    readonly IntrinsicExpression intrinsic = IntrinsicExpression.Compile("States.Format('{} of {}', $.order.id, States.ArrayLength($.order.items))");
    readonly JsonValue data = JsonObject.Create(("order", JsonObject.Create(
        ("id", "a-1"),
        ("items", JsonArray.Create(Enumerable.Range(0, 100).Select(JsonValue (number) => JsonObject.Create(("name", $"item {number}"), ("price", number % 20))))))));

    [Benchmark]
    public JsonPath Compile() => JsonPath.Compile("$.order.items[?(@.price > 10)].name");

    [Benchmark]
    public JsonValue? Member() => one.Evaluate(data);

    [Benchmark]
    public JsonValue? Filter() => filtered.Evaluate(data);

    [Benchmark]
    public JsonValue ResultPath() => target.Set(data, 7);

    [Benchmark]
    public JsonValue Intrinsic() => intrinsic.Evaluate(new EvaluationScope(data));
}
