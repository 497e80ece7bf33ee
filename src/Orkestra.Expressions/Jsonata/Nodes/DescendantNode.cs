using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

/// <summary>A value and everything below it, <c>**</c>; arrays give only their elements.</summary>
internal sealed class DescendantNode : SequenceNode
{
    internal override JsonValue? EvaluateRaw(JsonValue? input, Frame frame)
    {
        if (input is null) return null;
        var run = frame.Run;
        var start = run.Top;
        PushAll(run, input);
        return run.PopSequence(start);
    }

    static void PushAll(Run run, JsonValue? value)
    {
        run.Step();
        if (Values.IsArray(value))
        {
            run.CheckDepth(0);
            foreach (var item in Values.Items(value)) PushAll(run, item);
            return;
        }

        run.Push(value);
        if (value is not JsonObject members) return;
        run.CheckDepth(0);
        foreach (var member in members.Values) PushAll(run, member);
    }
}
