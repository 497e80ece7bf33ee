using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

internal sealed class ConstantNode(JsonValue value) : Node
{
    internal JsonValue Value { get; } = value;

    internal override JsonValue? Evaluate(JsonValue? input, Frame frame) => Value;
}
