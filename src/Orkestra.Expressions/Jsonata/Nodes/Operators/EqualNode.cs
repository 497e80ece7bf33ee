using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Operators;

/// <summary><c>=</c> and <c>!=</c>; both are false when either side is undefined.</summary>
internal sealed class EqualNode(bool negated, Node left, Node right) : BooleanNode
{
    internal override bool Test(JsonValue? input, VariableFrame frame)
    {
        var a = left.Evaluate(input, frame);
        var b = right.Evaluate(input, frame);
        return a is not null && b is not null && ValueOps.AreEqual(frame.Run, a, b) != negated;
    }
}
