using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

/// <summary><c>left ?: right</c>: the left side when it is true, else the right; and <c>left ?? right</c>: the left side when it is defined.</summary>
internal sealed class DefaultNode(Node left, Node right, bool onlyUndefined) : Node
{
    internal override JsonValue? Evaluate(JsonValue? input, Frame frame)
    {
        var value = left.Evaluate(input, frame);
        var keep = onlyUndefined ? value is not null : Values.IsTrue(value);
        return keep ? value : right.Evaluate(input, frame);
    }
}
