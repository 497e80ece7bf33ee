using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Intrinsics;

/// <summary>The functions for arrays.</summary>
internal static class ArrayIntrinsics
{
    const int LongestRange = 1000;

    internal static JsonValue Array(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope) => JsonArray.Create(arguments);

    internal static JsonValue ArrayLength(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope) => Arguments.Array(arguments, 0).Count;

    internal static JsonValue ArrayContains(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope)
    {
        foreach (var item in Arguments.Array(arguments, 0))
        {
            if (item.Equals(arguments[1])) return true;
        }

        return false;
    }

    internal static JsonValue ArrayGetItem(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope)
    {
        var array = Arguments.Array(arguments, 0);
        var index = Arguments.Integer(arguments, 1);
        return index >= 0 && index < array.Count ? array[index] : throw new IntrinsicFault($"The index {index} is out of the bounds of an array of {array.Count} items");
    }

    internal static JsonValue ArrayPartition(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope)
    {
        var array = Arguments.Array(arguments, 0);
        var size = Arguments.Rounded(arguments, 1);
        if (size <= 0) throw new IntrinsicFault("The chunk size must be a positive number");
        if (array.Count == 0) return JsonArray.Empty;
        var chunks = new JsonValue[((array.Count - 1) / size) + 1];
        for (var i = 0; i < chunks.Length; i++) chunks[i] = JsonArray.Create(array.Span.Slice(i * size, Math.Min(size, array.Count - (i * size))));
        return JsonArray.Wrap(chunks);
    }

    internal static JsonValue ArrayRange(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope)
    {
        long first = Arguments.Rounded(arguments, 0);
        long last = Arguments.Rounded(arguments, 1);
        long step = Arguments.Rounded(arguments, 2);
        if (step == 0) throw new IntrinsicFault("The step of a range must not be 0");
        var count = (last - first) / step + 1;
        if (count <= 0 || (last - first) * step < 0) return JsonArray.Empty;
        if (count > LongestRange) throw new IntrinsicFault($"A range can have {LongestRange} items at most");
        var items = new JsonValue[count];
        for (var i = 0; i < items.Length; i++) items[i] = first + (i * step);
        return JsonArray.Wrap(items);
    }

    internal static JsonValue ArrayUnique(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope)
    {
        var array = Arguments.Array(arguments, 0);
        var seen = new HashSet<JsonValue>(array.Count);
        var items = new List<JsonValue>(array.Count);
        foreach (var item in array)
        {
            if (seen.Add(item)) items.Add(item);
        }

        return items.Count == array.Count ? array : JsonArray.Create(items);
    }
}
