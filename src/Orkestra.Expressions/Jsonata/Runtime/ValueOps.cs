using System.Runtime.CompilerServices;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Functions;

namespace Orkestra.Expressions.Jsonata.Runtime;

/// <summary>What evaluation asks of values of every kind. A null reference is undefined.</summary>
internal static class ValueOps
{
    internal static readonly Sequence EmptySequence = new([], 0);

    static readonly JsonataLimits ErrorLimits = new() { MaxSteps = 10_000, MaxMemory = 1 << 20, MaxDepth = 100 };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsArray(JsonValue? value) => value is JsonArray or Sequence;

    /// <summary>The elements of an array of either kind; none of anything else.</summary>
    internal static ReadOnlySpan<JsonValue?> Items(JsonValue? value)
    {
        if (value is JsonArray array) return array.Span;
        return value is Sequence sequence ? sequence.Items : default;
    }

    /// <summary>What a sequence stands for: nothing when it is empty, its element when it has one and need not stay an array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static JsonValue? Unwrap(JsonValue? value) => value is Sequence sequence ? Unwrap(sequence) : value;

    static JsonValue? Unwrap(Sequence sequence)
    {
        if (!sequence.IsSequence || sequence.TupleStream) return sequence;
        if (sequence.Count == 0) return null;
        return sequence.Count == 1 && !sequence.KeepSingleton ? sequence.Items[0] : sequence;
    }

    /// <summary>The effective boolean value, https://docs.jsonata.org/boolean-functions#boolean; undefined is false.</summary>
    internal static bool IsTrue(Run run, JsonValue? value)
    {
        switch (value)
        {
            case null or JsonNull: return false;
            case JsonBoolean boolean: return boolean.Value;
            case JsonString text: return text.Value.Length > 0;
            case JsonNumber number: return run.Dialect == JsonataDialect.StepFunctions ? number.Value != 0 : Finite(number.Value) != 0 && !double.IsNaN(number.Value);
            case JsonObject members: return members.Count > 0;
            case JsonArray or Sequence:
                run.Enter();
                var isTrue = false;
                foreach (var item in Items(value))
                {
                    run.Step();
                    isTrue = IsTrue(run, item);
                    if (isTrue) break;
                }

                run.Leave();
                return isTrue;
            default: return false;
        }
    }

    /// <summary>The number itself, or error D1001 when it is beyond what JSON can say.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Finite(double number)
    {
        if (double.IsInfinity(number)) ThrowOutOfRange();
        return number;

        static void ThrowOutOfRange() => throw new JsonataException("D1001");
    }

    internal static bool AreEqual(Run run, JsonValue? left, JsonValue? right)
    {
        if (ReferenceEquals(left, right)) return left is not JsonNumber { Value: double.NaN };
        switch (left)
        {
            case JsonNumber number: return right is JsonNumber other && number.Value == other.Value;
            case JsonString text: return right is JsonString string2 && AreEqual(run, text.Value, string2.Value);
            case JsonObject members: return right is JsonObject object2 && AreEqual(run, members, object2);
            case JsonArray or Sequence: return IsArray(right) && AreEqual(run, Items(left), Items(right));
            default: return false;
        }
    }

    static bool AreEqual(Run run, string left, string right)
    {
        if (left.Length != right.Length) return false;
        run.StepText(left.Length);
        return string.Equals(left, right);
    }

    static bool AreEqual(Run run, ReadOnlySpan<JsonValue?> left, ReadOnlySpan<JsonValue?> right)
    {
        if (left.Length != right.Length) return false;
        run.Enter();
        var areEqual = true;
        for (var i = 0; i < left.Length && areEqual; i++)
        {
            run.Step();
            areEqual = AreEqual(run, left[i], right[i]);
        }

        run.Leave();
        return areEqual;
    }

    static bool AreEqual(Run run, JsonObject left, JsonObject right)
    {
        if (left.Count != right.Count) return false;
        run.Enter();
        var same = ReferenceEquals(left.Shape, right.Shape);
        var areEqual = true;
        for (var i = 0; i < left.Count && areEqual; i++)
        {
            run.Step();
            var at = same ? i : right.Shape.IndexOf(left.Shape[i]);
            areEqual = at >= 0 && AreEqual(run, left.Values[i], right.Values[at]);
        }

        run.Leave();
        return areEqual;
    }

    /// <summary>Whether two values are the same by ECMAScript's <c>===</c>: scalars by value, arrays and objects by identity.</summary>
    internal static bool AreIdentical(Run run, JsonValue? left, JsonValue? right) => left switch
    {
        JsonNumber or JsonString => AreEqual(run, left, right),
        _ => ReferenceEquals(left, right),
    };

    /// <summary>A plain array over these elements, which the caller no longer changes.</summary>
    internal static JsonValue MakeArray(JsonValue?[] items, int count)
    {
        var foreign = false;
        for (var i = 0; i < count; i++)
        {
            if (items[i] is not { } item) return new Sequence(items, count, isSequence: false);
            foreign |= IsForeign(item);
        }

        if (count == 0) return JsonArray.Empty;
        return foreign ? JsonArray.WithForeignElements(items!, count) : new JsonArray(items!, count);
    }

    /// <summary>An object; its values are the caller's no more.</summary>
    internal static JsonObject MakeObject(JsonShape shape, JsonValue[] values)
    {
        if (values.Length == 0) return JsonObject.Empty;
        foreach (var value in values)
        {
            if (IsForeign(value)) return JsonObject.WithForeignMembers(shape, values);
        }

        return new JsonObject(shape, values);
    }

    /// <summary>The object a builder holds.</summary>
    internal static JsonObject MakeObject(JsonObject.Builder builder)
    {
        var members = builder.Build();
        return members.Count == 0 ? members : MakeObject(members.Shape, members.Store);
    }

    /// <summary>Whether ECMAScript calls a value true: anything but undefined, null, false, 0 and the empty string.</summary>
    internal static bool IsTruthy(JsonValue? value) => value switch
    {
        null or JsonNull => false,
        JsonBoolean boolean => boolean.Value,
        JsonNumber number => number.Value != 0 && !double.IsNaN(number.Value),
        JsonString text => text.Value.Length > 0,
        _ => true,
    };

    /// <summary>The value as plain JSON, for the world outside. Functions are left out, as JSON has none.</summary>
    internal static JsonValue? Clean(Run run, JsonValue? value) => value switch
    {
        null or FunctionValue or TailCall or Undefined => null,
        JsonNumber number => double.IsFinite(number.Value) ? number : throw new JsonataException("D1001"),
        JsonArray { HasForeignElements: true } array => CleanItems(run, array.Span),
        JsonObject { HasForeignMembers: true } members => CleanMembers(run, members),
        Sequence { OuterWrapper: true } wrapper => Clean(run, wrapper.Items[0]),
        Sequence sequence => CleanSequence(run, sequence),
        TupleValue tuple => Clean(run, tuple.Focus),
        _ => value,
    };

    /// <summary>The value an error refers to; null where JSON has no such value, or one that is too large to be of use in an error.</summary>
    internal static JsonValue? ForError(JsonValue? value)
    {
        if (value is null or JsonString or JsonBoolean or JsonNull or JsonNumber) return value is JsonNumber number && !double.IsFinite(number.Value) ? null : value;
        var run = new Run();
        run.Begin(null, null, ErrorLimits, JsonataDialect.Standard, null);
        try
        {
            return Clean(run, value);
        }
        catch (JsonataException)
        {
            return null;
        }
    }

    static bool IsForeign(JsonValue value) => value switch
    {
        JsonString or JsonBoolean or JsonNull => false,
        JsonNumber number => !double.IsFinite(number.Value),
        JsonObject members => members.HasForeignMembers,
        JsonArray array => array.HasForeignElements,
        _ => true,
    };

    static JsonArray CleanSequence(Run run, Sequence sequence)
    {
        var items = sequence.Items;
        run.Step(items.Length);
        foreach (var item in items)
        {
            if (item is null || IsForeign(item)) return CleanItems(run, items);
        }

        return items.Length == 0 ? JsonArray.Empty : new JsonArray(sequence.Store!, items.Length);
    }

    static JsonArray CleanItems(Run run, ReadOnlySpan<JsonValue?> items)
    {
        run.Enter();
        run.Step(items.Length);
        run.Charge(40 + (items.Length * 8L));
        var clean = new JsonValue[items.Length];
        for (var i = 0; i < items.Length; i++) clean[i] = Clean(run, items[i]) ?? JsonNull.Instance;
        run.Leave();
        return JsonArray.Wrap(clean);
    }

    static JsonObject CleanMembers(Run run, JsonObject members)
    {
        run.Enter();
        run.Step(members.Count);
        run.Charge(48 + (members.Count * 16L));
        var builder = new JsonObject.Builder(members.Count);
        for (var i = 0; i < members.Count; i++)
        {
            if (Clean(run, members.Values[i]) is { } value) builder.Set(members.Shape[i], value);
        }

        run.Leave();
        return builder.Build();
    }
}
