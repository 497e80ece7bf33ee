using System.Linq.Expressions;
using System.Text.Json;
using Orkestra.Authoring.Lowering.Operations;

namespace Orkestra.Authoring.Lowering;

/// <summary>
/// Turns a C# expression into JSONata that gives, for the JSON of the argument, the JSON of the expression's result. docs/expressions-in-csharp.md is the list of
/// what becomes what, and of where the two languages differ.
/// </summary>
internal static class ExpressionLowering
{
    /// <summary>Lowers a lambda.</summary>
    /// <param name="lambda">The lambda.</param>
    /// <param name="options">How payloads are written: naming policy, converters, type information.</param>
    /// <param name="parameters">The JSONata of each of the lambda's parameters, such as <c>$states.input</c>. It starts with a variable: <c>$</c> alone changes its meaning inside.</param>
    /// <returns>The JSONata, without the braces around it.</returns>
    /// <exception cref="WorkflowException">JSONata cannot say a part of it.</exception>
    public static string ToJsonata(LambdaExpression lambda, JsonSerializerOptions options, IReadOnlyList<string> parameters)
    {
        ArgumentNullException.ThrowIfNull(lambda);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(parameters);
        if (lambda.Parameters.Count != parameters.Count)
            throw new ArgumentException($"The lambda has {lambda.Parameters.Count} parameters and {parameters.Count} JSONata expressions were given for them.", nameof(parameters));
        Conversions.Written(lambda.Body, lambda.ReturnType);
        return ToJsonata(lambda.Body, lambda.Parameters, options, parameters);
    }

    /// <summary>Lowers an expression over some parameters; as <see cref="ToJsonata(LambdaExpression, JsonSerializerOptions, IReadOnlyList{string})"/>.</summary>
    public static string ToJsonata(
        Expression body, IReadOnlyList<ParameterExpression> variables, JsonSerializerOptions options, IReadOnlyList<string> parameters) =>
        new Lowerer(options, body, variables, parameters).Root(body);
}
