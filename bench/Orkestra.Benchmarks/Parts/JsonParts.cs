using BenchmarkDotNet.Attributes;
using Orkestra.Expressions.Data;

namespace Orkestra.Benchmarks.Parts;

/// <summary>Values: from bytes and back.</summary>
[MemoryDiagnoser]
public class JsonParts
{
    byte[] bytes = [];
    JsonValue value = JsonValue.Null;

    [Params("small", "doc10k", "doc100k")]
    public string Document { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        value = BenchmarkData.Read($"jsonata/{Document}.json");
        bytes = value.ToUtf8Bytes();
        // Built from members, not kept as the text it was read from.
        value = Copy(value);
    }

    [Benchmark]
    public JsonValue Read() => JsonValue.Parse(bytes);

    [Benchmark]
    public byte[] Write() => value.ToUtf8Bytes();

    static JsonValue Copy(JsonValue value) => value switch
    {
        JsonObject members => JsonObject.Create(members.Select(member => KeyValuePair.Create(member.Key, Copy(member.Value)))),
        JsonArray items => JsonArray.Create(items.Span.ToArray().Select(Copy)),
        _ => value,
    };
}
