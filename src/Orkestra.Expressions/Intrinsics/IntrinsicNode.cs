using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Intrinsics;

/// <summary>A call or an argument of one.</summary>
internal abstract class IntrinsicNode
{
    internal abstract JsonValue Evaluate(in EvaluationScope scope, string expression);
}
