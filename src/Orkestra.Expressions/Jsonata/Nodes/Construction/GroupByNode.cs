using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Construction;

/// <summary>A group-by on something other than a path; without an operand, an object constructor.</summary>
internal sealed class GroupByNode(Node? operand, GroupNode group) : Node
{
    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame) => group.Evaluate(operand is null ? input : operand.EvaluateRaw(input, frame), frame);
}
