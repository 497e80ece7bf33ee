using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Paths;

/// <summary>A value and everything below it, <c>**</c>; arrays give only their elements.</summary>
internal sealed class DescendantNode : SequenceValuedNode
{
    internal override JsonValue? EvaluateRaw(JsonValue? input, VariableFrame frame)
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
        if (ValueOps.IsArray(value))
        {
            run.Enter();
            foreach (var item in ValueOps.Items(value)) PushAll(run, item);
            run.Leave();
            return;
        }

        run.Push(value);
        if (value is not JsonObject members) return;
        run.Enter();
        foreach (var member in members.Values) PushAll(run, member);
        run.Leave();
    }
}
