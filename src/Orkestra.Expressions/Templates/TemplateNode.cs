using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Templates;

/// <summary>A part of a payload template.</summary>
internal abstract class TemplateNode
{
    internal abstract JsonValue Evaluate(in EvaluationScope scope);
}
