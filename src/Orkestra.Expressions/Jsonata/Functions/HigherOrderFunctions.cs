using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>https://docs.jsonata.org/higher-order-functions, and the object functions that take functions.</summary>
internal static class HigherOrderFunctions
{
    internal static NativeFunction[] All =>
    [
        new("map", "<af>", 2, (run, args) => Map(run, args[0], (FunctionValue)args[1]!)),
        new("filter", "<af>", 2, (run, args) => Filter(run, args[0], (FunctionValue)args[1]!)),
        new("single", "<af?>", 2, (run, args) => Single(run, args[0], args[1] as FunctionValue)),
        new("reduce", "<afj?:j>", 3, (run, args) => Reduce(run, args[0], (FunctionValue)args[1]!, args[2])),
        new("each", "<o-f:a>", 2, (run, args) => Each(run, args[0], (FunctionValue)args[1]!)),
        new("sift", "<o-f?:o>", 2, (run, args) => Sift(run, args[0], args[1] as FunctionValue)),
    ];

    // A function gets as many of value, key and whole as it has parameters, and at least the value.
    static JsonValue? Call(Run run, FunctionValue function, JsonValue? value, JsonValue key, JsonValue whole) => function.Arity switch
    {
        <= 1 => function.Invoke(run, [value], JsonNull.Instance),
        2 => function.Invoke(run, [value, key], JsonNull.Instance),
        _ => function.Invoke(run, [value, key, whole], JsonNull.Instance),
    };

    static Sequence? Map(Run run, JsonValue? array, FunctionValue function)
    {
        if (array is null) return null;
        var start = run.Top;
        var count = ValueOps.Items(array).Length;
        for (var i = 0; i < count; i++)
        {
            var result = Call(run, function, ValueOps.Items(array)[i], JsonNumber.Create(i), array);
            if (result is not null) run.Push(result);
        }

        return run.PopSequence(start);
    }

    static Sequence? Filter(Run run, JsonValue? array, FunctionValue function)
    {
        if (array is null) return null;
        var start = run.Top;
        var count = ValueOps.Items(array).Length;
        for (var i = 0; i < count; i++)
        {
            var item = ValueOps.Items(array)[i];
            if (ValueOps.IsTrue(run, Call(run, function, item, JsonNumber.Create(i), array))) run.Push(item);
        }

        return run.PopSequence(start);
    }

    static JsonValue? Single(Run run, JsonValue? array, FunctionValue? function)
    {
        if (array is null) return null;
        var found = -1;
        var items = ValueOps.Items(array);
        for (var i = 0; i < items.Length; i++)
        {
            if (function is not null && !ValueOps.IsTrue(run, Call(run, function, items[i], JsonNumber.Create(i), array))) continue;
            if (found >= 0) throw new JsonataException("D3138") { Index = i };
            found = i;
        }

        return found >= 0 ? items[found] : throw new JsonataException("D3139");
    }

    static JsonValue? Reduce(Run run, JsonValue? array, FunctionValue function, JsonValue? initial)
    {
        if (array is null) return null;
        var arity = function.Arity;
        if (arity < 2) throw new JsonataException("D3050") { Index = 1 };
        var count = ValueOps.Items(array).Length;
        var result = initial;
        var first = 0;
        if (initial is null && count > 0)
        {
            result = ValueOps.Items(array)[0];
            first = 1;
        }

        for (var i = first; i < count; i++)
        {
            var item = ValueOps.Items(array)[i];
            result = arity switch
            {
                2 => function.Invoke(run, [result, item], JsonNull.Instance),
                3 => function.Invoke(run, [result, item, JsonNumber.Create(i)], JsonNull.Instance),
                _ => function.Invoke(run, [result, item, JsonNumber.Create(i), array], JsonNull.Instance),
            };
        }

        return result;
    }

    static Sequence Each(Run run, JsonValue? value, FunctionValue function)
    {
        var start = run.Top;
        if (value is JsonObject members)
        {
            for (var i = 0; i < members.Count; i++)
            {
                var result = Call(run, function, members.Values[i], JsonString.Create(members.Shape[i]), value);
                if (result is not null) run.Push(result);
            }
        }

        return run.PopSequence(start);
    }

    static JsonObject? Sift(Run run, JsonValue? value, FunctionValue? function)
    {
        if (value is not JsonObject members || function is null) return null;
        var builder = new JsonObject.Builder(members.Count);
        for (var i = 0; i < members.Count; i++)
        {
            if (ValueOps.IsTrue(run, Call(run, function, members.Values[i], JsonString.Create(members.Shape[i]), value))) builder.Set(members.Shape[i], members.Values[i]);
        }

        run.Charge(builder.Count * 16L);
        return builder.Count == 0 ? null : ValueOps.MakeObject(builder);
    }
}
