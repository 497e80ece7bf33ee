using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Operators;

/// <summary><c>&lt; &lt;= > >=</c> over two numbers or two strings; undefined when either side is.</summary>
internal sealed class CompareNode(Comparison comparison, Node left, Node right, int position) : BooleanNode
{
    internal override bool Test(JsonValue? input, VariableFrame frame) => Compare(input, frame) ?? false;

    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame) => Compare(input, frame) is { } result ? JsonBoolean.Create(result) : null;

    bool? Compare(JsonValue? input, VariableFrame frame)
    {
        var hasLeft = left.TryNumber(input, frame, out var a, out var otherLeft);
        var hasRight = right.TryNumber(input, frame, out var b, out var otherRight);
        if (hasLeft && hasRight)
        {
            return comparison switch
            {
                Comparison.Less => a < b,
                Comparison.LessOrEqual => a <= b,
                Comparison.Greater => a > b,
                _ => a >= b,
            };
        }

        return CompareOthers(frame.Run, hasLeft ? JsonNumber.FromDouble(a) : otherLeft, hasRight ? JsonNumber.FromDouble(b) : otherRight);
    }

    bool? CompareOthers(Run run, JsonValue? a, JsonValue? b)
    {
        if (a is not (null or JsonNumber or JsonString) || b is not (null or JsonNumber or JsonString))
            throw new JsonataException("T2010", position, Token, ValueOps.ForError(a is JsonNumber or JsonString ? b : a));
        if (a is null || b is null) return null;
        if (a is not JsonString text || b is not JsonString other)
            throw new JsonataException("T2009", position, Token, a) { Value2 = b };
        run.StepText(Math.Min(text.Value.Length, other.Value.Length));
        var order = string.CompareOrdinal(text.Value, other.Value);
        return comparison switch
        {
            Comparison.Less => order < 0,
            Comparison.LessOrEqual => order <= 0,
            Comparison.Greater => order > 0,
            _ => order >= 0,
        };
    }

    string Token => comparison switch
    {
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        _ => ">=",
    };
}
