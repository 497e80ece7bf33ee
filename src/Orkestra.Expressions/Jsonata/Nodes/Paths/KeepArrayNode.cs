using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Paths;

/// <summary><c>[]</c>: a sequence of one stays an array.</summary>
internal sealed class KeepArrayNode(Node operand) : SequenceValuedNode
{
    internal override JsonValue? EvaluateRaw(JsonValue? input, VariableFrame frame)
    {
        var value = operand.EvaluateRaw(input, frame);
        // A predicate gives the only element it kept as it is.
        if (operand is FilterNode && value is not null && !ValueOps.IsArray(value)) value = Sequence.Of(value);
        if (value is Sequence { IsSequence: true, TupleStream: false, Count: > 0 } sequence) sequence.KeepSingleton = true;
        return value;
    }
}
