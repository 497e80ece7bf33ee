using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>https://docs.jsonata.org/array-functions.</summary>
internal static class ArrayFunctions
{
    internal static NativeFunction[] All =>
    [
        new("append", "<xx:a>", 2, (run, args) => Append(run, args[0], args[1])),
        new("reverse", "<a:a>", 1, (run, args) => Reverse(run, args[0])),
        new("shuffle", "<a:a>", 1, (run, args) => Shuffle(run, args[0])),
        new("distinct", "<x:x>", 1, (run, args) => Distinct(run, args[0])),
        new("zip", "<a+>", 0, Zip),
        new("sort", "<af?:a>", 2, (run, args) => Sort(run, args[0], args[1] as FunctionValue)),
    ];

    internal static JsonValue? Append(Run run, JsonValue? first, JsonValue? second)
    {
        if (first is null) return second;
        if (second is null) return first;
        var start = run.Top;
        Push(run, first);
        Push(run, second);
        var items = run.Pop(start);
        return ValueOps.MakeArray(items, items.Length);
    }

    static void Push(Run run, JsonValue value)
    {
        if (ValueOps.IsArray(value)) run.Push(ValueOps.Items(value));
        else run.Push(value);
    }

    static JsonValue? Reverse(Run run, JsonValue? array)
    {
        var items = ValueOps.Items(array);
        if (items.Length <= 1) return array;
        run.ChargeSequence(items.Length);
        run.Step(items.Length);
        var reversed = items.ToArray();
        Array.Reverse(reversed);
        return ValueOps.MakeArray(reversed, reversed.Length);
    }

    static JsonValue? Shuffle(Run run, JsonValue? array)
    {
        var items = ValueOps.Items(array);
        if (items.Length <= 1) return array;
        run.ChargeSequence(items.Length);
        run.Step(items.Length);
        var result = items.ToArray();
        for (var i = result.Length - 1; i > 0; i--)
        {
            var j = (int)(run.Random.NextDouble() * (i + 1));
            (result[i], result[j]) = (result[j], result[i]);
        }

        return ValueOps.MakeArray(result, result.Length);
    }

    static JsonValue? Distinct(Run run, JsonValue? array)
    {
        var items = ValueOps.Items(array);
        if (items.Length <= 1) return array;
        var seen = new HashSet<JsonValue>(new ValueComparer(run));
        var hasUndefined = false;
        var start = run.Top;
        foreach (var item in items)
        {
            run.Step();
            run.Charge(32);
            var isNew = item is null ? !hasUndefined : seen.Add(item);
            hasUndefined |= item is null;
            if (isNew) run.Push(item);
        }

        if (array is Sequence { IsSequence: true }) return run.PopSequence(start);
        var result = run.Pop(start);
        return ValueOps.MakeArray(result, result.Length);
    }

    static JsonValue? Zip(Run run, ReadOnlySpan<JsonValue?> arrays)
    {
        var length = int.MaxValue;
        foreach (var array in arrays) length = Math.Min(length, ValueOps.Items(array).Length);
        if (arrays.Length == 0) return JsonArray.Empty;
        var result = new JsonValue?[length];
        run.ChargeSequence(length);
        for (var i = 0; i < length; i++)
        {
            run.Step(arrays.Length);
            run.ChargeSequence(arrays.Length + 5);
            var tuple = new JsonValue?[arrays.Length];
            for (var n = 0; n < tuple.Length; n++) tuple[n] = ValueOps.Items(arrays[n])[i];
            result[i] = ValueOps.MakeArray(tuple, tuple.Length);
        }

        return ValueOps.MakeArray(result, result.Length);
    }

    static JsonValue? Sort(Run run, JsonValue? array, FunctionValue? comparator)
    {
        if (array is null || ValueOps.Items(array).Length <= 1) return array;
        var items = ValueOps.Items(array).ToArray();
        run.ChargeSequence(items.Length);
        if (comparator is null && !AreAll<JsonNumber>(items) && !AreAll<JsonString>(items)) throw new JsonataException("D3070") { Index = 1 };
        var order = MergeSort.Sort(run, items.Length, comparator is null ? (left, right) => IsGreater(run, items[left], items[right]) : ByFunction);
        var sorted = new JsonValue?[items.Length];
        for (var i = 0; i < sorted.Length; i++) sorted[i] = items[order[i]];
        return ValueOps.MakeArray(sorted, sorted.Length);

        bool ByFunction(int left, int right) => ValueOps.IsTruthy(ValueOps.Unwrap(comparator!.Invoke(run, [items[left], items[right]], JsonNull.Instance)));
    }

    static bool AreAll<T>(JsonValue?[] items)
    {
        foreach (var item in items)
        {
            if (item is not T) return false;
            if (item is JsonNumber number) ValueOps.Finite(number.Value);
        }

        return true;
    }

    static bool IsGreater(Run run, JsonValue? left, JsonValue? right)
    {
        if (left is JsonNumber number) return number.Value > ((JsonNumber)right!).Value;
        var (text, other) = (((JsonString)left!).Value, ((JsonString)right!).Value);
        run.StepText(Math.Min(text.Length, other.Length));
        return string.CompareOrdinal(text, other) > 0;
    }
}
