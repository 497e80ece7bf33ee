using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Compilation;
using Orkestra.Expressions.Jsonata.Nodes.Construction;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Paths;

/// <summary>A path some step of which binds: from that step on each item is a tuple of the context value and what was bound on the way to it.</summary>
/// <param name="plain">The steps before the first that binds; null when it is the first.</param>
/// <param name="steps">The steps from there on.</param>
/// <param name="absolute">The path starts at a variable, so it does not iterate the context.</param>
/// <param name="scope">The scope of what tuples bind.</param>
internal sealed class TuplePathNode(PathNode? plain, TupleStep[] steps, bool absolute, ExpressionScope scope) : SequenceValuedNode
{
    internal bool KeepTuples { get; init; }

    internal bool KeepSingleton { get; init; }

    internal GroupNode? Group { get; init; }

    /// <summary>The labels tuples have room for.</summary>
    internal required int LabelCount { get; init; }

    internal override JsonValue? EvaluateRaw(JsonValue? input, VariableFrame frame)
    {
        var run = frame.Run;
        var start = plain is null ? input : plain.EvaluateRaw(input, frame);
        // When the steps before gave nothing, the steps that bind are not reached.
        if (plain is not null && (start is null || (ValueOps.IsArray(start) && ValueOps.Items(start).Length == 0))) return Finish(Stream([]), start is Sequence { IsSequence: false } ? start : ValueOps.EmptySequence, frame);
        JsonValue items = ValueOps.IsArray(start) && (plain is not null || !absolute) ? start! : Sequence.Of(start);
        Sequence? tuples = null;
        foreach (var step in steps)
        {
            tuples = ValueOps.Items((JsonValue?)tuples ?? items).Length == 0 && tuples is not null ? tuples
                : step.Sort is not null ? Sort(step.Sort, tuples, items, step, frame) : Expand(step, tuples, items, frame);
            tuples = Apply(step.Stages, tuples, frame);
        }

        return Finish(tuples!, null, frame);

        JsonValue? Finish(Sequence stream, JsonValue? nothing, VariableFrame outer)
        {
            if (Group is not null) return Group.Evaluate(nothing ?? stream, outer);
            if (nothing is not null) return nothing;
            JsonValue result = KeepTuples ? stream : Project(run, stream);
            if (KeepSingleton && result is Sequence { Count: > 0 } sequence) sequence.KeepSingleton = true;
            return result;
        }
    }

    static Sequence Stream(JsonValue?[] tuples) => new(tuples, tuples.Length) { TupleStream = true };

    static Sequence Project(Run run, Sequence tuples)
    {
        run.Step(tuples.Count);
        run.ChargeSequence(tuples.Count);
        var items = new JsonValue?[tuples.Count];
        for (var i = 0; i < items.Length; i++) items[i] = ((TupleValue)tuples.Items[i]!).Focus;
        return new Sequence(items, items.Length);
    }

    static Sequence Apply((PredicateStage? Predicate, int Index)[] stages, Sequence tuples, VariableFrame frame)
    {
        foreach (var (predicate, index) in stages)
        {
            if (predicate is not null)
            {
                tuples = (Sequence)predicate.Apply(tuples, frame)!;
                continue;
            }

            frame.Run.Step(tuples.Count);
            for (var i = 0; i < tuples.Count; i++) ((TupleValue)tuples.Items[i]!).Slots[index] = JsonNumber.Create(i);
        }

        return tuples;
    }

    Sequence Sort(SortNode sort, Sequence? tuples, JsonValue items, TupleStep step, VariableFrame frame)
    {
        if (tuples is not null) return (Sequence)sort.Apply(tuples, frame);
        var sorted = sort.Apply(items, frame);
        var count = ValueOps.Items(sorted).Length;
        Charge(frame.Run, count);
        var result = new JsonValue?[count];
        for (var i = 0; i < count; i++)
        {
            var slots = new JsonValue?[LabelCount];
            if (step.Index >= 0) slots[step.Index] = JsonNumber.Create(i);
            result[i] = new TupleValue(ValueOps.Items(sorted)[i], slots);
        }

        return Stream(result);
    }

    Sequence Expand(TupleStep step, Sequence? tuples, JsonValue items, VariableFrame frame)
    {
        var run = frame.Run;
        var start = run.Top;
        var count = tuples?.Count ?? ValueOps.Items(items).Length;
        for (var i = 0; i < count; i++)
        {
            run.Step();
            var tuple = tuples is null ? new TupleValue(ValueOps.Items(items)[i], new JsonValue?[LabelCount]) : (TupleValue)tuples.Items[i]!;
            var value = step.Node!.Evaluate(tuple.Focus, scope.FrameOf(tuple, frame));
            if (value is null) continue;
            if (!ValueOps.IsArray(value))
            {
                Add(run, step, tuple, value, 0);
                continue;
            }

            var results = ValueOps.Items(value);
            for (var n = 0; n < results.Length; n++)
            {
                if (value is Sequence { TupleStream: true }) Merge(run, tuple, (TupleValue)results[n]!);
                else Add(run, step, tuple, results[n], n);
            }
        }

        return Stream(run.Pop(start));
    }

    void Add(Run run, TupleStep step, TupleValue from, JsonValue? value, int index)
    {
        Charge(run, 1);
        var tuple = from.Copy(step.Focus >= 0 ? from.Focus : value);
        if (step.Focus >= 0) tuple.Slots[step.Focus] = value ?? Undefined.Value;
        if (step.Index >= 0) tuple.Slots[step.Index] = JsonNumber.Create(index);
        if (step.Ancestor >= 0) tuple.Slots[step.Ancestor] = from.Focus ?? Undefined.Value;
        run.Push(tuple);
    }

    void Merge(Run run, TupleValue from, TupleValue inner)
    {
        Charge(run, 1);
        var tuple = from.Copy(inner.Focus);
        for (var i = 0; i < inner.Slots.Length; i++)
        {
            if (inner.Slots[i] is { } bound) tuple.Slots[i] = bound;
        }

        run.Push(tuple);
    }

    void Charge(Run run, int tuples)
    {
        run.Step(tuples);
        run.Charge(tuples * (64L + (LabelCount * 8)));
    }
}
