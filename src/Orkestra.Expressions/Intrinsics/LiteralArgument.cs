using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Intrinsics;

/// <summary>A literal.</summary>
internal sealed class LiteralArgument(JsonValue value) : IntrinsicNode
{
    internal JsonValue Value { get; } = value;

    internal override JsonValue Evaluate(in EvaluationScope scope, string expression) => Value;
}
