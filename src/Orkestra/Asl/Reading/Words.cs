using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Reading;

/// <summary>Names of the JSON types for sentences.</summary>
internal static class Words
{
    internal static string For(JsonKind kind) => kind switch
    {
        JsonKind.Null => "null",
        JsonKind.Boolean => "a boolean",
        JsonKind.Number => "a number",
        JsonKind.String => "a string",
        JsonKind.Array => "an array",
        _ => "an object",
    };
}
