using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Templates;

/// <summary>A part without anything to evaluate, shared by all results.</summary>
internal sealed class TemplateLiteral(JsonValue value) : TemplateNode
{
    internal JsonValue Value { get; } = value;

    internal override JsonValue Evaluate(in EvaluationScope scope) => Value;
}
