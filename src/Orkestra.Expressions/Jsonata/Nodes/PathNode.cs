using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

/// <summary>A path: each step is evaluated for every item the one before gave, and what it gives is flattened one level.</summary>
/// <param name="steps">The steps.</param>
/// <param name="absolute">The path starts at a variable, so it does not iterate the context.</param>
/// <param name="consFirst">The first step is an array constructor, which sees the context whole.</param>
/// <param name="keepSingleton">A result of one item stays an array.</param>
/// <param name="group">The group-by at its end.</param>
internal sealed class PathNode(PathStep[] steps, bool absolute, bool consFirst, bool keepSingleton, GroupNode? group) : SequenceNode
{
    /// <summary>It is the beginning of a longer path, so its last step is not the last.</summary>
    internal bool KeepsLast { get; init; }

    internal override JsonValue? EvaluateRaw(JsonValue? input, Frame frame)
    {
        var run = frame.Run;
        var start = run.Top;
        // What a step works on: an array, or the part of the stack from `from` on.
        JsonValue? source = null;
        var from = start;
        var first = 0;
        if (consFirst)
        {
            source = steps[0].Node!.Evaluate(Values.IsArray(input) ? input : Sequence.Of(input), frame);
            foreach (var predicate in steps[0].Predicates) source = predicate.Apply(source, frame);
            if (steps.Length > 1) source = Elements(source);
            first = 1;
        }
        else if (!absolute && Values.IsArray(input))
        {
            source = input;
        }
        else
        {
            run.Push(input);
        }

        for (var i = first; i < steps.Length; i++)
        {
            if (source is null ? run.Top == from : Values.Items(source).Length == 0) break;
            var step = steps[i];
            if (step.Sort is not null)
            {
                source = Sort(step, source ?? run.PopSequence(from), frame);
            }
            else
            {
                var next = run.Top;
                source = Iterate(step, source, from, next, i == steps.Length - 1 && !KeepsLast, frame);
                from = next;
            }
        }

        var result = source ?? run.PopSequence(from);
        run.Top = start;
        return Finish(result, frame);
    }

    // What the constructor's own predicates left may be no array. The reference takes its elements all the same: a text has characters, all else nothing.
    static JsonValue Elements(JsonValue? value) => value switch
    {
        JsonArray or Sequence => value,
        JsonString text => Values.MakeArray([.. text.Value.Select(c => JsonString.Create(c.ToString()))], text.Value.Length),
        _ => Values.EmptySequence,
    };

    JsonValue? Finish(JsonValue? result, Frame frame)
    {
        if (keepSingleton)
        {
            if (result is Sequence { Cons: true, IsSequence: false }) result = Sequence.Of(result);
            if (result is Sequence { Count: > 0 } sequence) sequence.KeepSingleton = true;
        }

        return group is null ? result : group.Evaluate(result, frame);
    }

    static JsonValue? Sort(PathStep step, JsonValue items, Frame frame)
    {
        JsonValue? result = step.Sort!.Apply(items, frame);
        foreach (var predicate in step.Predicates) result = predicate.Apply(result, frame);
        return Values.IsArray(result) ? result : Sequence.Of(result);
    }

    /// <summary>Evaluates a step for every item. The result is above <paramref name="to"/>, unless the last step gave one plain array, which is the result.</summary>
    static JsonValue? Iterate(PathStep step, JsonValue? source, int from, int to, bool last, Frame frame)
    {
        var run = frame.Run;
        var count = source is null ? to - from : Values.Items(source).Length;
        var results = 0;
        JsonValue? only = null;
        for (var i = 0; i < count; i++)
        {
            run.Step();
            var item = source is null ? run.Stack[from + i] : Values.Items(source)[i];
            JsonValue? value;
            if (step.Predicates.Length == 0)
            {
                value = step.Node!.Evaluate(item, frame);
            }
            else
            {
                value = step.Node!.Evaluate(item, frame);
                foreach (var predicate in step.Predicates) value = predicate.Apply(value, frame);
            }

            if (value is null) continue;
            results++;
            if (value is JsonArray or Sequence { Cons: false })
            {
                only = value;
                run.Push(Values.Items(value));
            }
            else
            {
                if (value is Sequence) only = value;
                run.Push(value);
            }
        }

        if (!last || results != 1 || only is null or Sequence { IsSequence: true }) return null;
        run.Top = to;
        return only;
    }
}
