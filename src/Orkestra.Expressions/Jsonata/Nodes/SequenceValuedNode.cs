using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

/// <summary>A node whose value may be a sequence.</summary>
internal abstract class SequenceValuedNode : Node
{
    internal sealed override JsonValue? Evaluate(JsonValue? input, VariableFrame frame) => ValueOps.Unwrap(EvaluateRaw(input, frame));

    internal abstract override JsonValue? EvaluateRaw(JsonValue? input, VariableFrame frame);
}
