using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Nodes.Calls;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>
/// The function a transform is. The reference clones its argument and changes the objects the pattern finds in place. Values here never change, so the argument is
/// copied into objects of their own identity, the changes are kept beside them, and the result is put together from both.
/// </summary>
internal sealed class TransformFunction(TransformNode node, VariableFrame frame) : FunctionValue
{
    static readonly Signature Takes = Signature.Parse("<(oa):o>", 0);

    internal override int Arity => 1;

    internal override JsonValue? Invoke(Run run, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        run.Step();
        var argument = Takes.Fits(arguments) ? arguments[0] : Takes.Validate(arguments, context)[0];
        if (argument is null) return null;
        if (node.Clone.Evaluate(context, frame) is not FunctionValue clone) throw new JsonataException("T2013", node.Position);
        var copy = ValueOps.Clean(run, ValueOps.Unwrap(clone.Invoke(run, [argument], JsonNull.Instance)));
        if (copy is null) return null;
        copy = Distinct(run, copy);
        var matches = node.Pattern.Evaluate(copy, frame);
        if (matches is null) return copy;
        var changed = new Dictionary<JsonValue, JsonValue>(ReferenceEqualityComparer.Instance);
        foreach (var match in ValueOps.IsArray(matches) ? ValueOps.Items(matches).ToArray() : [matches])
        {
            if (match is null) continue;
            run.Step();
            var now = changed.Count == 0 ? match : Apply(run, match, changed, []);
            changed[match] = node.Change(now, frame);
        }

        return Apply(run, copy, changed, []);
    }

    /// <summary>A copy in which every object is a different one, so that a change to one is not a change to all.</summary>
    static JsonValue Distinct(Run run, JsonValue value)
    {
        run.Step();
        switch (value)
        {
            case JsonObject members:
                run.Enter();
                run.Charge(40 + (members.Count * 8));
                var values = new JsonValue[members.Count];
                for (var i = 0; i < values.Length; i++) values[i] = Distinct(run, members.Values[i]);
                run.Leave();
                return new JsonObject(members.Shape, values);
            case JsonArray array:
                run.Enter();
                run.Charge(40 + (array.Count * 8));
                var items = new JsonValue[array.Count];
                for (var i = 0; i < items.Length; i++) items[i] = Distinct(run, array.Span[i]);
                run.Leave();
                return new JsonArray(items, items.Length);
            default: return value;
        }
    }

    /// <summary>The value with the changed objects in the place of the first ones.</summary>
    static JsonValue Apply(Run run, JsonValue value, Dictionary<JsonValue, JsonValue> changed, HashSet<JsonValue> open)
    {
        run.Enter();
        // An update may put an object inside itself: there the first one stays.
        var next = changed.TryGetValue(value, out var instead) && open.Add(value) ? instead : value;
        var result = next switch
        {
            JsonObject members => Apply(run, members, changed, open),
            JsonArray array => Apply(run, array, changed, open),
            _ => next,
        };
        if (!ReferenceEquals(next, value)) open.Remove(value);
        run.Leave();
        return result;
    }

    static JsonObject Apply(Run run, JsonObject members, Dictionary<JsonValue, JsonValue> changed, HashSet<JsonValue> open)
    {
        JsonValue[]? values = null;
        for (var i = 0; i < members.Count; i++)
        {
            var value = Apply(run, members.Values[i], changed, open);
            if (ReferenceEquals(value, members.Values[i])) continue;
            if (values is null)
            {
                run.Charge(40 + (members.Count * 8));
                values = members.Values.ToArray();
            }

            values[i] = value;
        }

        return values is null ? members : ValueOps.MakeObject(members.Shape, values);
    }

    static JsonArray Apply(Run run, JsonArray array, Dictionary<JsonValue, JsonValue> changed, HashSet<JsonValue> open)
    {
        JsonValue[]? items = null;
        for (var i = 0; i < array.Count; i++)
        {
            var item = Apply(run, array.Span[i], changed, open);
            if (ReferenceEquals(item, array.Span[i])) continue;
            if (items is null)
            {
                run.Charge(40 + (array.Count * 8));
                items = array.Span.ToArray();
            }

            items[i] = item;
        }

        return items is null ? array : JsonArray.Wrap(items);
    }
}
