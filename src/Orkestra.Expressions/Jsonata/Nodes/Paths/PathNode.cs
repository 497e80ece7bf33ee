using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Nodes.Construction;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Paths;

/// <summary>A path: each step is evaluated for every item the one before gave, and what it gives is flattened one level.</summary>
/// <param name="steps">The steps.</param>
/// <param name="absolute">The path starts at a variable, so it does not iterate the context.</param>
/// <param name="consFirst">The first step is an array constructor, which sees the context whole.</param>
/// <param name="keepSingleton">A result of one item stays an array.</param>
/// <param name="group">The group-by at its end.</param>
internal sealed class PathNode(PathStep[] steps, bool absolute, bool consFirst, bool keepSingleton, GroupNode? group) : SequenceValuedNode
{
    /// <summary>It is the beginning of a longer path, so its last step is not the last.</summary>
    internal bool KeepsLast { get; init; }

    internal override JsonValue? EvaluateRaw(JsonValue? input, VariableFrame frame)
    {
        var run = frame.Run;
        var start = run.Top;
        // What a step works on: an array, or the part of the stack from `from` on.
        JsonValue? source = null;
        var from = start;
        var first = 0;
        if (consFirst)
        {
            source = steps[0].Node!.Evaluate(ValueOps.IsArray(input) ? input : Sequence.Of(input), frame);
            foreach (var predicate in steps[0].Predicates) source = predicate.Apply(source, frame);
            if (steps.Length > 1) source = Elements(run, source);
            first = 1;
        }
        else if (!absolute && ValueOps.IsArray(input))
        {
            source = input;
        }
        else
        {
            run.Push(input);
        }

        for (var i = first; i < steps.Length; i++)
        {
            if (source is null ? run.Top == from : ValueOps.Items(source).Length == 0) break;
            var step = steps[i];
            if (step.Sort is not null)
            {
                source = Sort(step, source ?? run.PopSequence(from), frame);
            }
            else
            {
                var next = run.Top;
                source = Iterate(step, source, from, next, i == steps.Length - 1 && !KeepsLast, frame);
                // A sort of one item gives what it got, so here it counts that results are a sequence.
                if (i + 1 < steps.Length && steps[i + 1].Sort is not null && ValueOps.Items(source) is [var single]) source = Sequence.Of(single);
                from = next;
            }
        }

        var result = source ?? run.PopSequence(from);
        run.Top = start;
        return Finish(result, frame);
    }

    // What the constructor's own predicates left may be no array. The reference takes its elements all the same: a text has characters, all else nothing.
    static JsonValue Elements(Run run, JsonValue? value)
    {
        if (value is JsonArray or Sequence) return value;
        if (value is not JsonString text) return ValueOps.EmptySequence;
        run.Step(text.Value.Length);
        run.Charge(text.Value.Length * 64L);
        return ValueOps.MakeArray([.. text.Value.Select(c => JsonString.Create(c.ToString()))], text.Value.Length);
    }

    JsonValue? Finish(JsonValue? result, VariableFrame frame)
    {
        if (keepSingleton)
        {
            if (result is Sequence { Cons: true, IsSequence: false }) result = Sequence.Of(result);
            if (result is Sequence { Count: > 0 } sequence) sequence.KeepSingleton = true;
        }

        return group is null ? result : group.Evaluate(result, frame);
    }

    static JsonValue? Sort(PathStep step, JsonValue items, VariableFrame frame)
    {
        JsonValue? result = step.Sort!.Apply(items, frame);
        foreach (var predicate in step.Predicates) result = predicate.Apply(result, frame);
        return ValueOps.IsArray(result) ? result : Sequence.Of(result);
    }

    /// <summary>Evaluates a step for every item. What it gives is above <paramref name="to"/>, unless it gave one array only, which is returned.</summary>
    static JsonValue? Iterate(PathStep step, JsonValue? source, int from, int to, bool last, VariableFrame frame)
    {
        var run = frame.Run;
        var results = new StepResults(run);
        if (source is not null)
        {
            foreach (var item in ValueOps.Items(source)) results.Add(Evaluate(step, item, frame));
        }
        else
        {
            // The stack may move while a step is evaluated, so there is no span over it.
            for (var i = from; i < to; i++) results.Add(Evaluate(step, run.Stack[i], frame));
        }

        return results.Only(last);
    }

    static JsonValue? Evaluate(PathStep step, JsonValue? item, VariableFrame frame)
    {
        var value = step.Node!.Evaluate(item, frame);
        foreach (var predicate in step.Predicates) value = predicate.Apply(value, frame);
        return value;
    }
}
