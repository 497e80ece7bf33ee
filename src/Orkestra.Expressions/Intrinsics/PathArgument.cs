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
        // A path into the context object is shown as one from its root; the data shown is the state's all the same.
        var shown = path.RootKind == JsonPathRoot.Context ? path.Text[1..] : path.Text;
        var reason = miss.Kind == JsonPathMissKind.NotAnArray ? miss.Message
            : $"The JsonPath argument for the field '{shown}' could not be found in the input '{scope.Data.ToJson()}'";
        return new ExpressionException(ExpressionFailure.PathMiss, $"The function '{expression}' had the following error: {reason}", miss: miss);
    }
}
