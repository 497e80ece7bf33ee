using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Paths;

namespace Orkestra.Expressions.Templates;

/// <summary>A member that is a path.</summary>
internal sealed class TemplatePath(JsonPath path, string field) : TemplateNode
{
    internal override JsonValue Evaluate(in EvaluationScope scope) => path.Evaluate(scope) ?? Missing(scope);

    JsonValue Missing(in EvaluationScope scope)
    {
        var miss = path.FindMiss(scope)!;
        // An index past the end of an array gives null here, though not as an argument of a function.
        if (miss.Kind == JsonPathMissKind.NoElement) return JsonValue.Null;
        var input = (path.RootKind == JsonPathRoot.Context ? scope.Context : scope.Data)?.ToJson();
        throw new ExpressionException(
            ExpressionFailure.PathMiss, $"The JSONPath '{path.Text}' specified for the field '{field}' could not be found in the input '{input}'", field, miss);
    }
}
