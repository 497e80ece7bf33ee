using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths;

/// <summary>Words why a definite path finds nothing, as Jayway does, whose words AWS shows.</summary>
internal static class JsonPathMisses
{
    internal static JsonPathMiss? Find(ReadOnlySpan<PathSelector> chain, JsonValue root)
    {
        var value = root;
        var place = new StringBuilder("$");
        for (var i = 0; i < chain.Length; i++)
        {
            var selector = chain[i];
            if (selector.Get(value) is { } next)
            {
                selector.Write(place);
                value = next;
                continue;
            }

            return Describe(chain, i, value, place);
        }

        return null;
    }

    static JsonPathMiss Describe(ReadOnlySpan<PathSelector> chain, int at, JsonValue value, StringBuilder place)
    {
        var selector = chain[at];
        if (selector is FunctionSelector function) return new JsonPathMiss(JsonPathMissKind.NoFunction, $"The function {function.Name}() gives no value at {place}");
        if (selector is IndexSelector)
        {
            if (value.IsNull) return new JsonPathMiss(JsonPathMissKind.NotAnArray, $"The path {place} is null");
            if (value is not JsonArray) return new JsonPathMiss(JsonPathMissKind.NotAnArray, $"Filter: {selector} can only be applied to arrays. Current context is: {value.ToJson()}");
        }
        else if (value is not JsonObject)
        {
            return new JsonPathMiss(
                JsonPathMissKind.NotAnObject, $"Expected to find an object with property {selector} in path {place} but found '{Type(value)}'. This is not a json object according to the JsonProvider.");
        }

        var isLast = at == chain.Length - 1;
        if (selector is FieldSelector && !isLast)
        {
            selector.Write(place);
            return new JsonPathMiss(JsonPathMissKind.MissingProperty, $"Missing property in path {place}");
        }

        // A missing element ends the search without a word, so the whole path is what has no results.
        for (var i = at; i < chain.Length; i++) chain[i].Write(place);
        return new JsonPathMiss(selector is IndexSelector && isLast ? JsonPathMissKind.NoElement : JsonPathMissKind.NoResults, $"No results for path: {place}");
    }

    static string Type(JsonValue value) => value.Kind switch
    {
        JsonKind.Null => "null",
        JsonKind.Boolean => "java.lang.Boolean",
        JsonKind.Number => ((JsonNumber)value).IsInteger ? "java.lang.Integer" : "java.lang.Double",
        JsonKind.String => "java.lang.String",
        _ => "net.minidev.json.JSONArray",
    };
}
