using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Paths;

/// <summary>A path of nothing but field names, from the context value or from a variable: what most paths are.</summary>
/// <param name="origin">Where it starts; the context value when null.</param>
/// <param name="fields">The names.</param>
internal sealed class FieldPathNode(Node? origin, FieldNode[] fields) : SequenceValuedNode
{
    internal override JsonValue? EvaluateRaw(JsonValue? input, VariableFrame frame)
    {
        var current = origin is null ? input : origin.Evaluate(input, frame);
        for (var i = 0; i < fields.Length; i++)
        {
            if (current is not JsonObject members) return ValueOps.IsArray(current) ? Iterate(current!, i, frame.Run) : null;
            current = fields[i].Member(members);
        }

        // One plain array is the result itself; a sequence that was kept in an object is flattened into a new one.
        if (current is not Sequence sequence) return current;
        return sequence.IsSequence ? new Sequence(sequence.Store, sequence.Count) : sequence;
    }

    static JsonValue? Plain(JsonValue? only, int results) => results == 1 && only is JsonArray or Sequence { IsSequence: false } ? only : null;

    JsonValue Iterate(JsonValue array, int first, Run run)
    {
        var start = run.Top;
        var from = start;
        JsonValue? source = array;
        for (var i = first; i < fields.Length; i++)
        {
            var to = run.Top;
            var plain = source is null ? Step(fields[i], run, from, to) : Step(fields[i], run, ValueOps.Items(source));
            source = null;
            from = to;
            if (plain is not null && i == fields.Length - 1)
            {
                run.Top = start;
                return plain;
            }

            if (run.Top == from) break;
        }

        var result = run.PopSequence(from);
        run.Top = start;
        return result;
    }

    static JsonValue? Step(FieldNode field, Run run, ReadOnlySpan<JsonValue?> items)
    {
        run.Step(items.Length);
        var results = 0;
        JsonValue? only = null;
        foreach (var item in items)
        {
            var value = item is JsonObject members ? field.Member(members) : ValueOps.IsArray(item) ? ValueOps.Unwrap(field.Lookup(run, item!)) : null;
            if (value is null) continue;
            results++;
            Add(run, value, ref only);
        }

        return Plain(only, results);
    }

    static JsonValue? Step(FieldNode field, Run run, int from, int to)
    {
        run.Step(to - from);
        var results = 0;
        JsonValue? only = null;
        for (var i = from; i < to; i++)
        {
            var item = run.Stack[i];
            var value = item is JsonObject members ? field.Member(members) : ValueOps.IsArray(item) ? ValueOps.Unwrap(field.Lookup(run, item!)) : null;
            if (value is null) continue;
            results++;
            Add(run, value, ref only);
        }

        return Plain(only, results);
    }

    static void Add(Run run, JsonValue value, ref JsonValue? only)
    {
        if (value is JsonArray or Sequence)
        {
            only = value;
            if (value is Sequence { Cons: true }) run.Push(value);
            else run.Push(ValueOps.Items(value));
        }
        else
        {
            run.Push(value);
        }
    }
}
