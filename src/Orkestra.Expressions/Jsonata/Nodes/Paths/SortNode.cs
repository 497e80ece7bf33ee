using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Compilation;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Paths;

/// <summary>An order-by. Items where a term is undefined come last; equal items keep their order.</summary>
/// <param name="terms">The terms, most significant first.</param>
/// <param name="position">Where it stands.</param>
/// <param name="tupleScope">The scope of the variables that tuples carry; null when the items are never tuples.</param>
internal sealed class SortNode((Node Node, bool Descending)[] terms, int position, ExpressionScope? tupleScope)
{
    /// <summary>The items in order: themselves when there is at most one.</summary>
    internal JsonValue Apply(JsonValue array, VariableFrame frame)
    {
        var run = frame.Run;
        var items = ValueOps.Items(array);
        if (items.Length <= 1) return array;
        run.ChargeSequence(items.Length * (1L + terms.Length));
        var keys = new SortKeys(items.Length, terms.Length);
        var order = MergeSort.Sort(run, items.Length, (left, right) => IsAfter(keys, array, left, right, frame));
        var sorted = new JsonValue?[items.Length];
        for (var i = 0; i < sorted.Length; i++) sorted[i] = items[order[i]];
        if (array is Sequence { TupleStream: true }) return new Sequence(sorted, sorted.Length) { TupleStream = true };
        return ValueOps.MakeArray(sorted, sorted.Length);
    }

    bool IsAfter(SortKeys keys, JsonValue array, int left, int right, VariableFrame frame)
    {
        for (var term = 0; term < terms.Length; term++)
        {
            var a = KeyOf(keys, array, left, term, frame);
            var b = KeyOf(keys, array, right, term, frame);
            if (a is null || b is null)
            {
                if (a is null && b is null) continue;
                return a is null;
            }

            var order = Compare(frame.Run, a, b);
            if (order != 0) return (order > 0) != terms[term].Descending;
        }

        return false;
    }

    JsonValue? KeyOf(SortKeys keys, JsonValue array, int index, int term, VariableFrame frame)
    {
        if (keys.TryGet(index, term, out var key)) return key;
        var item = ValueOps.Items(array)[index];
        var context = item is TupleValue tuple ? tuple.Focus : item;
        var inner = tupleScope is null ? frame : tupleScope.FrameOf(item as TupleValue, frame);
        key = terms[term].Node.Evaluate(context, inner);
        keys.Set(index, term, key);
        return key;
    }

    int Compare(Run run, JsonValue a, JsonValue b)
    {
        if (a is JsonNumber number && b is JsonNumber other) return number.Value == other.Value ? 0 : number.Value < other.Value ? -1 : 1;
        if (a is JsonString text && b is JsonString text2)
        {
            run.StepText(Math.Min(text.Value.Length, text2.Value.Length));
            return string.CompareOrdinal(text.Value, text2.Value);
        }

        var comparable = a is JsonNumber or JsonString;
        if (!comparable || b is not (JsonNumber or JsonString)) throw new JsonataException("T2008", position, "^", ValueOps.ForError(comparable ? b : a));
        throw new JsonataException("T2007", position, "^", a) { Value2 = b };
    }

    /// <summary>What the terms gave, each evaluated once for an item and only when it decides.</summary>
    sealed class SortKeys(int items, int terms)
    {
        readonly JsonValue?[] keys = new JsonValue?[items * terms];

        internal bool TryGet(int item, int term, out JsonValue? key)
        {
            key = keys[(item * terms) + term];
            if (key is null) return false;
            if (ReferenceEquals(key, Undefined.Value)) key = null;
            return true;
        }

        internal void Set(int item, int term, JsonValue? key) => keys[(item * terms) + term] = key ?? Undefined.Value;
    }
}
