using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Intrinsics;

namespace Orkestra.Expressions.Templates;

/// <summary>A member that is a call of an intrinsic function.</summary>
internal sealed class TemplateCall(IntrinsicExpression expression) : TemplateNode
{
    internal override JsonValue Evaluate(in EvaluationScope scope) => expression.Evaluate(scope);
}
