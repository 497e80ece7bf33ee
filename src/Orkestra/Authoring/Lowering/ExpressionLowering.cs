using System.Linq.Expressions;
using System.Text.Json;

namespace Orkestra.Authoring.Lowering;

/// <summary>Says a C# expression in JSONata.</summary>
internal static class ExpressionLowering
{
    /// <summary>The JSONata of a lambda's body, with these texts in place of its parameters, without the braces.</summary>
    /// <exception cref="WorkflowException">JSONata cannot say a part of it.</exception>
    public static string ToJsonata(LambdaExpression lambda, JsonSerializerOptions options, IReadOnlyList<string> parameterExpressions) =>
        throw new WorkflowException($"C# expressions are not lowered to JSONata yet: {lambda} over {string.Join(", ", parameterExpressions)} ({options.PropertyNamingPolicy}).");
}
