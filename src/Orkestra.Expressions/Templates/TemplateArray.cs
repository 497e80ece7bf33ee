using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Templates;

/// <summary>An array some of whose elements hold something to evaluate.</summary>
internal sealed class TemplateArray(TemplateNode[] elements) : TemplateNode
{
    internal override JsonValue Evaluate(in EvaluationScope scope)
    {
        var values = new JsonValue[elements.Length];
        for (var i = 0; i < values.Length; i++) values[i] = elements[i].Evaluate(scope);
        return JsonArray.Wrap(values);
    }
}
