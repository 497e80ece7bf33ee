using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Operators;

internal sealed class NegateNode(Node operand, int position) : Node
{
    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame) => TryNumber(input, frame, out var number, out _) ? JsonNumber.FromDouble(number) : null;

    internal override bool TryNumber(JsonValue? input, VariableFrame frame, out double number, out JsonValue? other)
    {
        if (operand.TryNumber(input, frame, out number, out other))
        {
            if (double.IsInfinity(number)) throw new JsonataException("D1001", position, "-");
            number = -number;
            return true;
        }

        if (other is not null) throw new JsonataException("D1002", position, "-", ValueOps.ForError(other));
        return false;
    }
}
