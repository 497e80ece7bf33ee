using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

/// <summary><c>in</c>: whether the left side is an element of the right, or is the right.</summary>
internal sealed class IncludesNode(Node left, Node right) : BooleanNode
{
    internal override bool Test(JsonValue? input, Frame frame)
    {
        var item = left.Evaluate(input, frame);
        var list = right.Evaluate(input, frame);
        if (item is null || list is null) return false;
        if (!Values.IsArray(list)) return Values.AreIdentical(item, list);
        foreach (var element in Values.Items(list))
        {
            frame.Run.Step();
            if (Values.AreIdentical(item, element)) return true;
        }

        return false;
    }
}
