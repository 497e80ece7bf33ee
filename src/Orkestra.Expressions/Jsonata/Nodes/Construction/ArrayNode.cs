using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Construction;

/// <summary>An array constructor. Elements that are arrays are flattened into it, except those that are array constructors themselves.</summary>
/// <param name="elements">The elements, and whether each is an array constructor.</param>
/// <param name="cons">It is the first or last step of a path, which leaves it whole.</param>
internal sealed class ArrayNode((Node Node, bool Nested)[] elements, bool cons) : Node
{
    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame)
    {
        var run = frame.Run;
        var start = run.Top;
        foreach (var (node, nested) in elements)
        {
            var value = node.Evaluate(input, frame);
            if (value is null) continue;
            if (nested || !ValueOps.IsArray(value)) run.Push(value);
            else run.Push(ValueOps.Items(value));
        }

        run.Step(elements.Length);
        var items = run.Pop(start);
        return cons ? new Sequence(items, items.Length, isSequence: false) { Cons = true } : ValueOps.MakeArray(items, items.Length);
    }
}
