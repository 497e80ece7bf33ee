using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Paths;

/// <summary>All members of an object or elements of an array, <c>*</c>; arrays among them are flattened whole.</summary>
internal sealed class WildcardNode : SequenceValuedNode
{
    internal override JsonValue? EvaluateRaw(JsonValue? input, VariableFrame frame)
    {
        var run = frame.Run;
        if (input is Sequence { OuterWrapper: true } wrapper) input = wrapper.Items[0];
        ReadOnlySpan<JsonValue?> values = input is JsonObject members ? members.Store : ValueOps.Items(input);
        var start = run.Top;
        var plain = false;
        foreach (var value in values)
        {
            run.Step();
            plain |= ValueOps.IsArray(value);
            Flatten(run, value);
        }

        if (!plain) return run.PopSequence(start);
        var items = run.Pop(start);
        return ValueOps.MakeArray(items, items.Length);
    }

    static void Flatten(Run run, JsonValue? value)
    {
        if (!ValueOps.IsArray(value))
        {
            run.Push(value);
            return;
        }

        run.Enter();
        foreach (var item in ValueOps.Items(value))
        {
            run.Step();
            Flatten(run, item);
        }

        run.Leave();
    }
}
