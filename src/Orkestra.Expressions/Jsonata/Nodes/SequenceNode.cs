using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

/// <summary>A node whose value may be a sequence.</summary>
internal abstract class SequenceNode : Node
{
    internal sealed override JsonValue? Evaluate(JsonValue? input, Frame frame) => Values.Unwrap(EvaluateRaw(input, frame));

    internal abstract override JsonValue? EvaluateRaw(JsonValue? input, Frame frame);
}
