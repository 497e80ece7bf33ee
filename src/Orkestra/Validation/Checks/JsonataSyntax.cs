using Orkestra.Expressions.Jsonata;
using Orkestra.Expressions.Jsonata.Syntax;

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
            return StatesProblem(Tree(text), states) is { } problem ? [problem] : [];
        }
        catch (JsonataException problem) when (problem.Code == NotAtTopLevel)
        {
            return [.. TopLevel.References(Tree(text)).Select(name =>
                (Codes.UnsupportedJsonata, name.StartsWith('$') ? $"Reference to '{name}' is not supported." : $"Reference to '{name}' at the top level is not supported."))];
        }
        catch (JsonataException problem)
        {
            return [(Codes.InvalidJsonata, problem.Message)];
        }
    }

    static SyntaxNode Tree(string text) => PathBuilder.Build(Parser.Parse(text, JsonataOptions.StepFunctions.MaxNesting));

    static (string Code, string Message)? StatesProblem(SyntaxNode node, string[] states)
    {
        if (node is { Kind: SyntaxKind.Path, Items: [{ Kind: SyntaxKind.Variable, Text: "states" }, { Kind: SyntaxKind.Name } field, ..] }
            && field.Text is not ("input" or "context") && !states.Contains(field.Text))
            return (Codes.UnsupportedJsonata, $"Field '$states.{field.Text}' does not exist.");
        return Parts(node).Select(part => StatesProblem(part, states)).FirstOrDefault(problem => problem is not null);
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
