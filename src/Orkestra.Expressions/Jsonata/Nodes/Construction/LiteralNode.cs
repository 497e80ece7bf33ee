using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Construction;

internal sealed class LiteralNode(JsonValue value) : Node
{
    readonly bool isNumber = value is JsonNumber;
    readonly double number = value is JsonNumber constant ? constant.Value : 0;

    internal JsonValue Value { get; } = value;

    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame) => Value;

    internal override bool TryNumber(JsonValue? input, VariableFrame frame, out double value, out JsonValue? other)
    {
        value = number;
        other = Value;
        return isNumber;
    }
}
