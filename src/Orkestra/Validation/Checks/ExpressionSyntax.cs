using Orkestra.Expressions.Intrinsics;
using Orkestra.Expressions.Paths;

namespace Orkestra.Validation.Checks;

/// <summary>Whether the texts of paths and intrinsic functions are well formed, as their parsers say.</summary>
internal static class ExpressionSyntax
{
    static readonly string[] StringFunctions =
        ["States.ArrayGetItem", "States.Base64Encode", "States.Base64Decode", "States.Format", "States.JsonToString", "States.Hash", "States.UUID"];

    internal static bool IsPath(string text) => JsonPath.TryCompile(text, JsonPathDialect.StepFunctions, out _, out _);

    /// <summary>What the service says of a text that is no Reference Path; null when it is one.</summary>
    internal static string? ReferenceProblem(string text)
    {
        if (ReferencePath.TryCompile(text, out _)) return null;
        return text.StartsWith('$') ? "Value is not a Reference Path" : "Value is not a Reference Path: Reference path didn't start with '$'";
    }

    /// <summary>Whether a text can be the value of a field whose name ends with <c>.$</c>.</summary>
    internal static bool IsTemplate(string text) => text.StartsWith('$') ? IsPath(text) : IntrinsicExpression.TryCompile(text, out _, out _);

    /// <summary>Whether a text calls an intrinsic function that gives a string.</summary>
    internal static bool IsStringIntrinsic(string text) =>
        IntrinsicExpression.TryCompile(text, out var call, out _) && Array.IndexOf(StringFunctions, call.FunctionName) >= 0;
}
