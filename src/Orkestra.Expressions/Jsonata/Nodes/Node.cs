using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

/// <summary>An executable part of an expression, made once by the compiler and shared by all evaluations.</summary>
internal abstract class Node
{
    /// <summary>Whether the value is never a number nor an array, so that a predicate need only ask whether it is true.</summary>
    internal virtual bool IsCondition => false;

    /// <summary>The value, with sequences unwrapped; null is undefined.</summary>
    internal abstract JsonValue? Evaluate(JsonValue? input, VariableFrame frame);

    /// <summary>The value before a sequence is unwrapped, which is what predicates and group-bys work on.</summary>
    internal virtual JsonValue? EvaluateRaw(JsonValue? input, VariableFrame frame) => Evaluate(input, frame);

    /// <summary>The value when it is a number, without making a <see cref="JsonNumber"/> of it where that can be avoided.</summary>
    /// <param name="input">The context value.</param>
    /// <param name="frame">The variables.</param>
    /// <param name="number">The number.</param>
    /// <param name="other">The value when it is not a number.</param>
    internal virtual bool TryNumber(JsonValue? input, VariableFrame frame, out double number, out JsonValue? other)
    {
        other = Evaluate(input, frame);
        if (other is JsonNumber value)
        {
            number = value.Value;
            return true;
        }

        number = 0;
        return false;
    }

    /// <summary>Whether the value is true in the sense of <c>$boolean</c>.</summary>
    internal virtual bool Test(JsonValue? input, VariableFrame frame) => ValueOps.IsTrue(frame.Run, Evaluate(input, frame));
}
