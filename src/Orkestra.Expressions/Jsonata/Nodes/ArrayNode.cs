using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

/// <summary>An array constructor. Elements that are arrays are flattened into it, except those that are array constructors themselves.</summary>
/// <param name="elements">The elements, and whether each is an array constructor.</param>
/// <param name="cons">It is the first or last step of a path, which leaves it whole.</param>
internal sealed class ArrayNode((Node Node, bool Nested)[] elements, bool cons) : Node
{
    internal override JsonValue? Evaluate(JsonValue? input, Frame frame)
    {
        var run = frame.Run;
        var start = run.Top;
        foreach (var (node, nested) in elements)
        {
            var value = node.Evaluate(input, frame);
            if (value is null) continue;
            if (nested || !Values.IsArray(value)) run.Push(value);
            else run.Push(Values.Items(value));
        }

        run.Step();
        var items = run.Pop(start);
        return cons ? new Sequence(items, items.Length, isSequence: false) { Cons = true } : Values.MakeArray(items, items.Length);
    }
}
