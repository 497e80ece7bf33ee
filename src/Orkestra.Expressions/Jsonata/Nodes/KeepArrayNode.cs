using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

/// <summary><c>[]</c>: a sequence of one stays an array.</summary>
internal sealed class KeepArrayNode(Node operand) : SequenceNode
{
    internal override JsonValue? EvaluateRaw(JsonValue? input, Frame frame)
    {
        var value = operand.EvaluateRaw(input, frame);
        // A predicate gives the only element it kept as it is.
        if (operand is FilterNode && value is not null && !Values.IsArray(value)) value = Sequence.Of(value);
        if (value is Sequence { IsSequence: true, TupleStream: false, Count: > 0 } sequence) sequence.KeepSingleton = true;
        return value;
    }
}
