using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Paths;

namespace Orkestra.Expressions.Intrinsics;

/// <summary>A path. One that finds nothing is an error that names the whole expression and the data.</summary>
internal sealed class PathArgument(JsonPath path) : IntrinsicNode
{
    internal override JsonValue Evaluate(in EvaluationScope scope, string expression) => path.Evaluate(scope) ?? throw Miss(scope, expression);

    ExpressionException Miss(in EvaluationScope scope, string expression)
    {
        var miss = path.FindMiss(scope)!;
        // The data shown is the state's, also for a path into the context object.
        var reason = miss.Kind == JsonPathMissKind.NotAnArray ? miss.Message
            : $"The JsonPath argument for the field '{path.Text}' could not be found in the input '{scope.Data.ToJson()}'";
        return new ExpressionException(ExpressionFailure.PathMiss, $"The function '{expression}' had the following error: {reason}", miss: miss);
    }
}
