using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Service;

/// <summary>The result of an evaluation as AWS Step Functions gives it: numbers in Java's text, numbers that JSON does not have as texts, and no functions.</summary>
internal static class ServiceResult
{
    /// <summary>The result; null when it is undefined.</summary>
    /// <exception cref="JsonataException">U1005: it is a function or holds one.</exception>
    internal static JsonValue? Of(Run run, JsonValue? value) => value is JsonObject { HasPlainNumbers: false } members ? OfMembers(run, members, Input(run)) : OfAny(run, value);

    static JsonValue? OfAny(Run run, JsonValue? value)
    {
        switch (value)
        {
            // The most frequent ones first.
            case JsonString: return value;
            case JsonNumber number: return JavaNumbers.InResult(number);
            case null or Undefined or TailCall: return null;
            case FunctionValue: throw new JsonataException("U1005");
            case Sequence { OuterWrapper: true } wrapper: return OfAny(run, wrapper.Items[0]);
            case TupleValue tuple: return OfAny(run, tuple.Focus);
            case JsonArray { HasPlainNumbers: true } or JsonObject { HasPlainNumbers: true }: return value;
            case JsonObject members: return OfMembers(run, members, default);
            case JsonArray or Sequence: return OfItems(run, value);
            default: return value;
        }
    }

    /// <summary>A value that is passed on without an evaluation, as a result of one.</summary>
    internal static JsonValue OfPlain(JsonValue value)
    {
        if (value is JsonString or JsonBoolean or JsonNull or JsonArray { HasPlainNumbers: true } or JsonObject { HasPlainNumbers: true }) return value;
        if (value is JsonNumber number) return JavaNumbers.InResult(number);
        var run = new Run();
        run.Begin(null, null, JsonataLimits.Default, JsonataDialect.StepFunctions, null);
        return Of(run, value)!;
    }

    // What $states.input holds; nothing when it is not known to be plain.
    static ReadOnlySpan<JsonValue> Input(Run run) =>
        run.Bindings is { } bindings && bindings.TryGet("states", out var value) && value is JsonObject { Count: > 0 } states && states.Shape[0] == "input"
            && states.Values[0] is JsonObject { HasPlainNumbers: true } input ? input.Values : default;

    static JsonArray OfItems(Run run, JsonValue value)
    {
        run.Enter();
        var items = ValueOps.Items(value);
        run.Step(items.Length);
        JsonValue[]? changed = null;
        for (var i = 0; i < items.Length; i++)
        {
            var item = OfAny(run, items[i]) ?? JsonNull.Instance;
            if (changed is null && !ReferenceEquals(item, items[i]))
            {
                run.Charge(40 + (items.Length * 8L));
                changed = new JsonValue[items.Length];
                for (var n = 0; n < i; n++) changed[n] = items[n]!;
            }

            if (changed is not null) changed[i] = item;
        }

        run.Leave();
        var array = changed is not null ? JsonArray.Wrap(changed)
            : value as JsonArray ?? (value is Sequence { Store: { } store } && items.Length > 0 ? new JsonArray(store!, items.Length) : JsonArray.Wrap(items.ToArray()!));
        array.HasPlainNumbers = true;
        return array;
    }

    static JsonObject OfMembers(Run run, JsonObject members, ReadOnlySpan<JsonValue> known)
    {
        run.Enter();
        run.Step(members.Count);
        JsonValue[]? changed = null;
        var values = members.Values;
        for (var i = 0; i < values.Length; i++)
        {
            var was = values[i];
            // Most states add to their input, whose own members were looked at before.
            if (i < known.Length && ReferenceEquals(known[i], was)) continue;
            var member = OfAny(run, was) ?? JsonNull.Instance;
            if (ReferenceEquals(member, was)) continue;
            if (changed is null)
            {
                run.Charge(40 + (values.Length * 8L));
                changed = values.ToArray();
            }

            changed[i] = member;
        }

        run.Leave();
        var result = changed is null ? members : new JsonObject(members.Shape, changed);
        result.HasPlainNumbers = true;
        return result;
    }
}
