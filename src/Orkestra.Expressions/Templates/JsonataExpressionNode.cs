using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Jsonata;

namespace Orkestra.Expressions.Templates;

/// <summary>An expression. Its failures are worded as Step Functions words them.</summary>
internal sealed class JsonataExpressionNode(JsonataExpression expression, string source, string location, JsonKind? expected) : JsonataNode
{
    const string ResultIsAFunction = "U1005";

    internal override JsonValue Evaluate(JsonataBindings bindings, JsonataLimits? limits)
    {
        JsonValue? result;
        try
        {
            result = expression.Evaluate(null, bindings, limits);
        }
        catch (JsonataException problem) when (problem.Code == ResultIsAFunction)
        {
            throw Fault(ExpressionFailure.UnsupportedType, "returned an unsupported result type.", problem);
        }
        catch (JsonataException problem)
        {
            throw Fault(ExpressionFailure.Thrown, $"threw an error during evaluation. {problem.Code}: {problem.Message}", problem);
        }

        if (result is null) throw Fault(ExpressionFailure.Undefined, "returned nothing (undefined).");
        if (expected is not { } kind || result.Kind == kind) return result;
        throw Fault(ExpressionFailure.UnexpectedType, $"returned an unexpected result type. Expected '{Name(kind)}', but was '{Name(result.Kind)}' for value: {result.ToJson()}");
    }

    ExpressionException Fault(ExpressionFailure failure, string what, JsonataException? inner = null) =>
        new(failure, $"The JSONata expression '{source}' specified for the field '{location}' {what}", location, inner: inner);

    static string Name(JsonKind kind) => kind switch
    {
        JsonKind.Null => "null",
        JsonKind.Boolean => "boolean",
        JsonKind.Number => "number",
        JsonKind.String => "string",
        JsonKind.Array => "array",
        _ => "object",
    };
}
