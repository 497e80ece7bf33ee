using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Paths;

namespace Orkestra.Engine.DataFlow;

/// <summary>A JSONPath. A definite path that misses is an error in AWS's words, an indefinite one gives an array.</summary>
/// <param name="path">The path.</param>
/// <param name="isOptional">Whether a miss gives null instead of the error; the reader of the value then has words of its own.</param>
internal sealed class PathTemplate(JsonPath path, bool isOptional = false) : Template
{
    internal JsonPath Path => path;

    internal override JsonValue Evaluate(Evaluation at)
    {
        if (Find(at) is { } value) return value;
        if (isOptional) return JsonValue.Null;
        var miss = path.FindMiss(at.ScopeOf(path.RootKind));
        throw new EvaluationException(ErrorNames.Runtime, $"Invalid path '{path.Text}' : {miss?.Message ?? "No results"}");
    }

    /// <summary>The value; null when the path misses.</summary>
    internal JsonValue? Find(Evaluation at)
    {
        try
        {
            return path.RootKind == JsonPathRoot.Data ? path.Evaluate(at.Input) : path.Evaluate(at.ScopeOf(path.RootKind));
        }
        catch (JsonPathLimitException problem)
        {
            throw new EvaluationException(ErrorNames.Runtime, $"Invalid path '{path.Text}' : {problem.Message}");
        }
    }
}
