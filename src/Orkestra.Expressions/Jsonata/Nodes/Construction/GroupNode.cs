using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Compilation;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Construction;

/// <summary>An object made of key and value expressions: items with the same key are gathered, then the value is evaluated once for each key.</summary>
/// <param name="pairs">The key and value expressions.</param>
/// <param name="position">Where it stands.</param>
/// <param name="tupleScope">The scope of the variables that tuples carry; null when the items are never tuples.</param>
internal sealed class GroupNode((Node Key, Node Value)[] pairs, int position, ExpressionScope? tupleScope)
{
    // What the groups were the last time: the same keys in the same order get the same shape.
    JsonShape last = JsonShape.Empty;

    internal Node[] ValueNodes => [.. pairs.Select(pair => pair.Value)];

    internal JsonObject Evaluate(JsonValue? input, VariableFrame frame)
    {
        var run = frame.Run;
        var tuples = input is Sequence { TupleStream: true };
        // Nothing at all still makes one object, so that a literal is one whatever the context is.
        ReadOnlySpan<JsonValue?> items = ValueOps.IsArray(input) ? ValueOps.Items(input) : [input];
        if (items.Length == 0 && !tuples) items = [null];
        var groups = new Dictionary<string, Group>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var context = item is TupleValue tuple ? tuple.Focus : item;
            var inner = tupleScope is null ? frame : tupleScope.FrameOf(item as TupleValue, frame);
            for (var i = 0; i < pairs.Length; i++)
            {
                run.Step();
                if (KeyOf(pairs[i].Key.Evaluate(context, inner), position) is not { } key) continue;
                if (!groups.TryGetValue(key, out var group))
                {
                    run.Charge(128 + (key.Length * 2));
                    groups.Add(key, new Group(i, item));
                }
                else
                {
                    if (group.Pair != i) throw new JsonataException("D1009", position, value: key);
                    group.Add(run, item);
                }
            }
        }

        return Build(groups, frame);
    }

    /// <summary>The key a value makes: null for undefined.</summary>
    internal static string? KeyOf(JsonValue? key, int position)
    {
        if (key is null) return null;
        if (key is not JsonString text) throw new JsonataException("T1003", position, value: ValueOps.ForError(key));
        return text.Value;
    }

    JsonObject Build(Dictionary<string, Group> groups, VariableFrame frame)
    {
        var values = new JsonValue[groups.Count];
        var known = last;
        var shape = known.Count == groups.Count ? known : null;
        var names = shape is null ? new string[groups.Count] : null;
        var count = 0;
        foreach (var (key, group) in groups)
        {
            var node = pairs[group.Pair].Value;
            var value = tupleScope is null ? node.Evaluate(group.Data, frame) : EvaluateTuples(node, group, frame);
            if (value is null) continue;
            if (shape is not null && !string.Equals(shape[count], key))
            {
                names = [.. shape.Names[..count], .. new string[groups.Count - count]];
                shape = null;
            }

            if (names is not null) names[count] = key;
            values[count++] = value;
        }

        frame.Run.Charge(48 + (count * 16));
        if (count < values.Length)
        {
            names ??= shape!.Names.ToArray();
            Array.Resize(ref names, count);
            Array.Resize(ref values, count);
            shape = null;
        }

        return ValueOps.MakeObject(shape ?? (last = JsonShape.Wrap(names!)), values);
    }

    JsonValue? EvaluateTuples(Node node, Group group, VariableFrame frame)
    {
        if (group.Data is TupleValue only) return node.Evaluate(only.Focus, tupleScope!.FrameOf(only, frame));
        var items = ValueOps.Items(group.Data);
        if (items.Length == 0 || items[0] is not TupleValue first) return node.Evaluate(group.Data, tupleScope!.FrameOf(null, frame));
        return Merge(frame.Run, items, first) is var all ? node.Evaluate(all.Focus, tupleScope!.FrameOf(all, frame)) : null;
    }

    // The tuples of a group become one, with arrays of what each bound.
    static TupleValue Merge(Run run, ReadOnlySpan<JsonValue?> tuples, TupleValue first)
    {
        run.Step((int)Math.Min(int.MaxValue / 2, tuples.Length * (first.Slots.Length + 1L)));
        var all = first.Copy(null);
        for (var slot = 0; slot < all.Slots.Length; slot++)
        {
            var values = new List<JsonValue?>();
            var bound = false;
            foreach (var tuple in tuples)
            {
                var value = ((TupleValue)tuple!).Slots[slot];
                bound |= value is not null;
                if (value is not null && !ReferenceEquals(value, Undefined.Value)) Append(run, values, value);
            }

            all.Slots[slot] = bound ? OneOrArray(values) ?? Undefined.Value : null;
        }

        var focus = new List<JsonValue?>();
        foreach (var tuple in tuples)
        {
            if (((TupleValue)tuple!).Focus is { } value) Append(run, focus, value);
        }

        all.Focus = OneOrArray(focus);
        return all;
    }

    static void Append(Run run, List<JsonValue?> values, JsonValue value)
    {
        var count = ValueOps.IsArray(value) ? ValueOps.Items(value).Length : 1;
        run.Step(count);
        run.ChargeSequence(count);
        if (ValueOps.IsArray(value)) values.AddRange(ValueOps.Items(value));
        else values.Add(value);
    }

    static JsonValue? OneOrArray(List<JsonValue?> values) => values.Count switch
    {
        0 => null,
        1 => values[0],
        _ => ValueOps.MakeArray([.. values], values.Count),
    };

    /// <summary>The items of one key.</summary>
    sealed class Group(int pair, JsonValue? first)
    {
        JsonValue?[] items = [first];
        int count = 1;
        bool isOne = true;

        internal int Pair => pair;

        internal JsonValue? Data
        {
            get
            {
                if (isOne) return items[0];
                return count > 0 && items[0] is TupleValue ? new Sequence(items, count, isSequence: false) : ValueOps.MakeArray(items, count);
            }
        }

        internal void Add(Run run, JsonValue? item)
        {
            // As $append: undefined adds nothing, an array adds its elements.
            if (item is null) return;
            if (isOne)
            {
                if (items[0] is null)
                {
                    items[0] = item;
                    return;
                }

                isOne = false;
                if (ValueOps.IsArray(items[0]))
                {
                    items = ValueOps.Items(items[0]).ToArray();
                    count = items.Length;
                }
            }

            if (!ValueOps.IsArray(item))
            {
                Append(run, item);
                return;
            }

            foreach (var element in ValueOps.Items(item)) Append(run, element);
        }

        void Append(Run run, JsonValue? item)
        {
            if (count == items.Length)
            {
                var size = Math.Max(4, count * 2);
                run.ChargeSequence(size);
                Array.Resize(ref items, size);
            }

            items[count++] = item;
        }
    }
}
