using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Operators;

/// <summary><c>left ?: right</c>: the left side when it is true, else the right; and <c>left ?? right</c>: the left side when it is defined.</summary>
internal sealed class DefaultNode(Node left, Node right, bool onlyUndefined) : Node
{
    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame)
    {
        var value = left.Evaluate(input, frame);
        var keep = onlyUndefined ? value is not null : ValueOps.IsTrue(frame.Run, value);
        return keep ? value : right.Evaluate(input, frame);
    }
}
