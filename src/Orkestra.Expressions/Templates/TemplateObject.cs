using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Templates;

/// <summary>An object some of whose members are evaluated. All objects it makes share one shape.</summary>
internal sealed class TemplateObject(JsonShape shape, TemplateNode[] members) : TemplateNode
{
    internal override JsonValue Evaluate(in EvaluationScope scope)
    {
        var values = new JsonValue[members.Length];
        for (var i = 0; i < values.Length; i++) values[i] = members[i].Evaluate(scope);
        return new JsonObject(shape, values);
    }
}
