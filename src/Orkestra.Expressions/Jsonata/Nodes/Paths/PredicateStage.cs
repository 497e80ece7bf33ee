using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Compilation;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Paths;

/// <summary>A predicate, <c>[…]</c>: a position, or a condition asked of every element.</summary>
/// <param name="predicate">The predicate.</param>
/// <param name="tupleScope">The scope of the variables that tuples carry; null when the elements are never tuples.</param>
/// <param name="position">The position, when the predicate is a number.</param>
internal sealed class PredicateStage(Node predicate, ExpressionScope? tupleScope, double? position)
{
    readonly bool isBoolean = predicate.IsCondition;

    /// <summary>The elements that are kept: a sequence, or the only one when it is not an array.</summary>
    internal JsonValue? Apply(JsonValue? input, VariableFrame frame)
    {
        if (position is { } at) return Position(input, at);
        if (!ValueOps.IsArray(input) && tupleScope is null) return Matches(input, 0, 1, frame) ? Single(input) : ValueOps.EmptySequence;
        var run = frame.Run;
        var start = run.Top;
        var tuples = input is Sequence { TupleStream: true };
        var items = ValueOps.IsArray(input) ? ValueOps.Items(input) : [input];
        for (var i = 0; i < items.Length; i++)
        {
            run.Step();
            var item = items[i];
            var context = item is TupleValue tuple ? tuple.Focus : item;
            var inner = tupleScope is null ? frame : tupleScope.FrameOf(item as TupleValue, frame);
            if (isBoolean)
            {
                if (predicate.Test(context, inner)) run.Push(item);
            }
            else
            {
                for (var n = Count(run, predicate.Evaluate(context, inner), i, items.Length); n > 0; n--) run.Push(item);
            }
        }

        if (tuples) return Tuples(run, start);
        if (run.Top == start) return ValueOps.EmptySequence;
        if (run.Top == start + 1 && !ValueOps.IsArray(run.Stack[start]) && run.Stack[start] is { } only)
        {
            run.Top = start;
            return only;
        }

        return run.PopSequence(start);
    }

    static Sequence Tuples(Run run, int start)
    {
        var items = run.Pop(start);
        return new Sequence(items, items.Length) { TupleStream = true };
    }

    static JsonValue Single(JsonValue? item) => item is null || ValueOps.IsArray(item) ? Sequence.Of(item) : item;

    static JsonValue? Position(JsonValue? input, double at)
    {
        var tuples = input is Sequence { TupleStream: true };
        if (!ValueOps.IsArray(input)) return at is 0 or -1 && input is not null ? input : ValueOps.EmptySequence;
        var items = ValueOps.Items(input);
        if (at < 0) at += items.Length;
        var item = at >= 0 && at < items.Length ? items[(int)at] : null;
        if (tuples) return item is null ? new Sequence([], 0) { TupleStream = true } : new Sequence([item], 1) { TupleStream = true };
        return item ?? ValueOps.EmptySequence;
    }

    bool Matches(JsonValue? item, int index, int length, VariableFrame frame) =>
        isBoolean ? predicate.Test(item, frame) : Count(frame.Run, predicate.Evaluate(item, frame), index, length) > 0;

    // How often an element is kept: a predicate that gives positions may name one twice.
    static int Count(Run run, JsonValue? result, int index, int length)
    {
        switch (result)
        {
            case JsonNumber number: return IsAt(number, index, length) ? 1 : 0;
            case JsonArray or Sequence when IsNumbers(run, result):
                var count = 0;
                foreach (var item in ValueOps.Items(result))
                {
                    if (IsAt((JsonNumber)item!, index, length)) count++;
                }

                return count;
            default: return ValueOps.IsTrue(run, result) ? 1 : 0;
        }
    }

    static bool IsNumbers(Run run, JsonValue array)
    {
        run.Step(ValueOps.Items(array).Length);
        foreach (var item in ValueOps.Items(array))
        {
            if (item is not JsonNumber number) return false;
            ValueOps.Finite(number.Value);
        }

        return true;
    }

    static bool IsAt(JsonNumber number, int index, int length)
    {
        var at = Math.Floor(ValueOps.Finite(number.Value));
        return (at < 0 ? at + length : at) == index;
    }
}
