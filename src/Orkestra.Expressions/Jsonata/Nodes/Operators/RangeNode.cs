using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Operators;

/// <summary><c>..</c>: the integers from the left side to the right.</summary>
internal sealed class RangeNode(Node left, Node right, int position) : SequenceValuedNode
{
    const double Largest = 1e7;

    internal override JsonValue? EvaluateRaw(JsonValue? input, VariableFrame frame)
    {
        var hasFirst = left.TryNumber(input, frame, out var first, out var otherLeft);
        var hasLast = right.TryNumber(input, frame, out var last, out var otherRight);
        Check("T2003", hasFirst, first, otherLeft);
        Check("T2004", hasLast, last, otherRight);
        if (!hasFirst || !hasLast || first > last) return null;
        var size = last - first + 1;
        if (size > Largest) throw new JsonataException("D2014", position, "..", JsonNumber.FromDouble(size));
        var run = frame.Run;
        run.ChargeSequence((long)size);
        run.Charge((long)size * 32);
        run.Step((int)size);
        var items = new JsonValue?[(int)size];
        for (var i = 0; i < items.Length; i++) items[i] = JsonNumber.FromDouble(first + i);
        return new Sequence(items, items.Length);
    }

    void Check(string code, bool isNumber, double number, JsonValue? other)
    {
        if (isNumber ? !double.IsInteger(number) : other is not null)
            throw new JsonataException(code, position, "..", isNumber ? (double.IsFinite(number) ? JsonNumber.FromDouble(number) : null) : ValueOps.ForError(other));
    }
}
