using CsCheck;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Tests;

/// <summary>Small JSON values for property tests.</summary>
internal static class JsonGen
{
    static readonly Gen<string> Name = Gen.OneOf(Gen.Int[0, 6].Select(n => $"n{n}"), Gen.String[0, 5]);

    static readonly Gen<JsonValue> Scalar = Gen.OneOf(
        Gen.Int[-100, 100].Select(n => (JsonValue)n), Gen.Bool.Select(b => (JsonValue)b), Gen.String[0, 5].Select(s => (JsonValue)s), Gen.Const(JsonValue.Null));

    internal static Gen<JsonValue> Value { get; } = Nested(4);

    static Gen<JsonValue> Nested(int depth) => depth == 0 ? Scalar : Gen.OneOf(
        Scalar,
        Nested(depth - 1).Array[0, 3].Select(items => (JsonValue)JsonArray.Create(items)),
        Gen.Select(Name, Nested(depth - 1)).Array[0, 4].Select(members => (JsonValue)JsonObject.Create(members)));
}
