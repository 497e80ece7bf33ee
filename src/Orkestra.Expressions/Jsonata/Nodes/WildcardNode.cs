using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

/// <summary>All members of an object or elements of an array, <c>*</c>; arrays among them are flattened whole.</summary>
internal sealed class WildcardNode : SequenceNode
{
    internal override JsonValue? EvaluateRaw(JsonValue? input, Frame frame)
    {
        var run = frame.Run;
        if (input is Sequence { OuterWrapper: true } wrapper) input = wrapper.Items[0];
        ReadOnlySpan<JsonValue?> values = input is JsonObject members ? members.Store : Values.Items(input);
        var start = run.Top;
        var plain = false;
        foreach (var value in values)
        {
            run.Step();
            plain |= Values.IsArray(value);
            Flatten(run, value);
        }

        if (!plain) return run.PopSequence(start);
        var items = run.Pop(start);
        return Values.MakeArray(items, items.Length);
    }

    static void Flatten(Run run, JsonValue? value)
    {
        if (!Values.IsArray(value))
        {
            run.Push(value);
            return;
        }

        run.CheckDepth(0);
        foreach (var item in Values.Items(value))
        {
            run.Step();
            Flatten(run, item);
        }
    }
}
