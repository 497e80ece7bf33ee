using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Operators;

/// <summary><c>in</c>: whether the left side is an element of the right, or is the right.</summary>
internal sealed class IncludesNode(Node left, Node right) : BooleanNode
{
    internal override bool Test(JsonValue? input, VariableFrame frame)
    {
        var item = left.Evaluate(input, frame);
        var list = right.Evaluate(input, frame);
        if (item is null || list is null) return false;
        var run = frame.Run;
        // Java compares what lists hold.
        var byValue = run.Dialect == JsonataDialect.StepFunctions;
        if (!ValueOps.IsArray(list)) return ValueOps.AreIdentical(frame.Run, item, list);
        foreach (var element in ValueOps.Items(list))
        {
            frame.Run.Step();
            if (byValue ? ValueOps.AreEqual(run, item, element) : ValueOps.AreIdentical(run, item, element)) return true;
        }

        return false;
    }
}
