using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Operators;

/// <summary><c>+ - * / %</c> over two numbers; undefined when either side is.</summary>
internal sealed class ArithmeticNode(char op, Node left, Node right, int position) : Node
{
    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame) => TryNumber(input, frame, out var number, out _) ? JsonNumber.FromDouble(number) : null;

    internal override bool TryNumber(JsonValue? input, VariableFrame frame, out double number, out JsonValue? other)
    {
        var hasLeft = left.TryNumber(input, frame, out var a, out var otherLeft);
        var hasRight = right.TryNumber(input, frame, out var b, out var otherRight);
        other = null;
        if (hasLeft && hasRight && double.IsFinite(a) && double.IsFinite(b))
        {
            number = op switch
            {
                '+' => a + b,
                '-' => a - b,
                '*' => a * b,
                '/' => a / b,
                _ => a % b,
            };
            return true;
        }

        Check("T2001", hasLeft, a, otherLeft);
        Check("T2002", hasRight, b, otherRight);
        number = double.NaN;
        return hasLeft && hasRight;
    }

    // Not-a-number is not a number for the reference, so it is of the wrong type.
    void Check(string code, bool isNumber, double number, JsonValue? other)
    {
        if (isNumber && double.IsInfinity(number)) throw new JsonataException("D1001", position, op.ToString());
        if (isNumber ? double.IsNaN(number) : other is not null) throw new JsonataException(code, position, op.ToString(), ValueOps.ForError(other));
    }
}
