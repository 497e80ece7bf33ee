using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>https://docs.jsonata.org/boolean-functions, and what fits nowhere else.</summary>
internal static class GeneralFunctions
{
    internal static NativeFunction[] All =>
    [
        new("boolean", "<x-:b>", 1, (run, args) => args[0] is null ? null : JsonBoolean.Create(ValueOps.IsTrue(run, args[0]))),
        new("not", "<x-:b>", 1, (run, args) => args[0] is null ? null : JsonBoolean.Create(!ValueOps.IsTrue(run, args[0]))),
        new("exists", "<x:b>", 1, (_, args) => JsonBoolean.Create(args[0] is not null)),
        new("type", "<x:s>", 1, (_, args) => Type(args[0])),
        new("error", "<s?:x>", 1, (_, args) => throw new JsonataException("D3137", TextOr(args[0], "$error() function evaluated"))),
        new("assert", "<bs?:x>", 2, (_, args) => ValueOps.IsTruthy(args[0]) ? null : throw new JsonataException("D3141", TextOr(args[1], "$assert() statement failed"))),
        new("clone", "<(oa)-:o>", 1, (run, args) => ValueOps.Clean(run, args[0])),
    ];

    static string TextOr(JsonValue? value, string otherwise) => value is JsonString { Value.Length: > 0 } text ? text.Value : otherwise;

    static JsonString? Type(JsonValue? value) => value switch
    {
        null => null,
        JsonNull => JsonString.Create("null"),
        JsonNumber number => JsonString.Create(double.IsNaN(ValueOps.Finite(number.Value)) ? "object" : "number"),
        JsonString => JsonString.Create("string"),
        JsonBoolean => JsonString.Create("boolean"),
        JsonArray or Sequence => JsonString.Create("array"),
        FunctionValue => JsonString.Create("function"),
        _ => JsonString.Create("object"),
    };
}
