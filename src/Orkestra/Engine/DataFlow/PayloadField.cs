using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Templates;

namespace Orkestra.Engine.DataFlow;

/// <summary>A JSONPath payload template, or a field that is a path or an intrinsic function as a whole.</summary>
internal sealed class PayloadField(PayloadTemplate template) : Template
{
    internal override JsonValue Evaluate(Evaluation at)
    {
        try
        {
            return template.Evaluate(new EvaluationScope(
                at.Input,
                template.ReadsContext ? at.Context() : null,
                template.Variables.Count > 0 ? at.Variables.ToJson() : null,
                at,
                at.Meter));
        }
        catch (ExpressionException problem)
        {
            throw new EvaluationException(
                problem.Failure == ExpressionFailure.Intrinsic && !at.IsMeasured ? ErrorNames.IntrinsicFailure : problem.Error, problem.Message);
        }
    }
}
