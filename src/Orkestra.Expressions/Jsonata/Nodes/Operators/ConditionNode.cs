using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Operators;

/// <summary><c>condition ? then : otherwise</c>.</summary>
internal sealed class ConditionNode(Node condition, Node then, Node? otherwise) : Node
{
    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame) =>
        condition.Test(input, frame) ? then.Evaluate(input, frame) : otherwise?.Evaluate(input, frame);
}
