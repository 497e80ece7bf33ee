using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Intrinsics;

/// <summary>The functions for JSON.</summary>
internal static class JsonIntrinsics
{
    internal static JsonValue JsonToString(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope) => arguments[0].ToJson();

    internal static JsonValue StringToJson(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope)
    {
        var text = Arguments.Text(arguments, 0);
        if (string.IsNullOrWhiteSpace(text)) return JsonValue.Null;
        if (scope.Meter?.TryUse(text.Length >> 2, text.Length * 8L) == false) throw new IntrinsicFault("The evaluations of this state use more memory or more steps than they may");
        try
        {
            return JsonValue.Parse(text);
        }
        catch (JsonFormatException problem)
        {
            throw new IntrinsicFault($"The argument is not JSON: {problem.Message}");
        }
    }

    /// <summary>Shallow: of members both objects have, those of the second count.</summary>
    internal static JsonValue JsonMerge(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope)
    {
        var first = Arguments.Object(arguments, 0);
        var second = Arguments.Object(arguments, 1);
        if (arguments[2] is not JsonBoolean { Value: false }) throw new IntrinsicFault("The third argument must be false: only shallow merging is supported");
        var merged = new JsonObject.Builder(first.Count + second.Count);
        foreach (var (name, value) in first) merged.Set(name, value);
        foreach (var (name, value) in second) merged.Set(name, value);
        return merged.Build();
    }
}
