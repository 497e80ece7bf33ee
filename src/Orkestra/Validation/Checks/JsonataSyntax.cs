using Orkestra.Expressions.Jsonata;

namespace Orkestra.Validation.Checks;

/// <summary>Whether JSONata expressions are well formed and read only what is there.</summary>
internal static class JsonataSyntax
{
    const string NotAtTopLevel = "U1008";

    /// <summary>The codes and sentences of what is wrong with an expression; empty when nothing is.</summary>
    /// <param name="text">The expression without the delimiters around it.</param>
    /// <param name="states">Which fields of <c>$states</c> are there beside <c>input</c> and <c>context</c>.</param>
    internal static IReadOnlyList<(string Code, string Message)> Problems(string text, params string[] states)
    {
        try
        {
            _ = Jsonata.Compile(text, JsonataOptions.StepFunctions);
            var unknown = JsonataReferences.Of(text, JsonataOptions.StepFunctions).FieldsOf("states").FirstOrDefault(field => field is not ("input" or "context") && !states.Contains(field));
            return unknown is null ? [] : [(Codes.UnsupportedJsonata, $"Field '$states.{unknown}' does not exist.")];
        }
        catch (JsonataException problem) when (problem.Code == NotAtTopLevel)
        {
            return [.. JsonataReferences.Of(text, JsonataOptions.StepFunctions).InputReferences.Select(name =>
                (Codes.UnsupportedJsonata, name.StartsWith('$') ? $"Reference to '{name}' is not supported." : $"Reference to '{name}' at the top level is not supported."))];
        }
        catch (JsonataException problem)
        {
            return [(Codes.InvalidJsonata, problem.Message)];
        }
    }
}
