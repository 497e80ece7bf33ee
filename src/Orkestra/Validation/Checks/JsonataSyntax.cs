using Orkestra.Expressions.Jsonata;
using Orkestra.Expressions.Jsonata.Syntax;

namespace Orkestra.Validation.Checks;

/// <summary>Whether JSONata expressions are well formed and read only what is there.</summary>
internal static class JsonataSyntax
{
    const string NotAtTopLevel = "U1008";

    /// <summary>The code and sentence of what is wrong with an expression; null when nothing is.</summary>
    /// <param name="text">The expression without the delimiters around it.</param>
    /// <param name="errorOutput">Whether <c>$states.errorOutput</c> is there.</param>
    internal static (string Code, string Message)? Problem(string text, bool errorOutput)
    {
        try
        {
            _ = Jsonata.Compile(text, JsonataOptions.StepFunctions);
            return StatesProblem(PathBuilder.Build(Parser.Parse(text, JsonataOptions.StepFunctions.MaxNesting)), errorOutput);
        }
        catch (JsonataException problem) when (problem.Code == NotAtTopLevel)
        {
            return (Codes.UnsupportedJsonata, $"Reference to '{problem.Token}' is not supported.");
        }
        catch (JsonataException problem)
        {
            return (Codes.InvalidJsonata, problem.Message);
        }
    }

    static (string Code, string Message)? StatesProblem(SyntaxNode node, bool errorOutput)
    {
        if (node is { Kind: SyntaxKind.Path, Items: [{ Kind: SyntaxKind.Variable, Text: "states" }, { Kind: SyntaxKind.Name } field, ..] }
            && (field.Text is not ("input" or "context" or "result" or "errorOutput") || (field.Text == "errorOutput" && !errorOutput)))
            return (Codes.UnsupportedJsonata, $"Field '$states.{field.Text}' does not exist.");
        return Parts(node).Select(part => StatesProblem(part, errorOutput)).FirstOrDefault(problem => problem is not null);
    }

    static IEnumerable<SyntaxNode> Parts(SyntaxNode node)
    {
        foreach (var part in (SyntaxNode?[])[node.Left, node.Right, node.Third])
        {
            if (part is not null) yield return part;
        }

        foreach (var item in node.Items) yield return item;
        if (node.Group is null) yield break;
        foreach (var (key, value) in node.Group.Pairs)
        {
            yield return key;
            yield return value;
        }
    }
}
