using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orkestra.Analyzers;

/// <summary>How messages name types and pieces of code.</summary>
internal static class CodeNames
{
    const int longest = 60;

    static readonly SymbolDisplayFormat Short = SymbolDisplayFormat.CSharpShortErrorMessageFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.UseSpecialTypes)
        .RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseAsterisksInMultiDimensionalArrays);

    public static string Of(ITypeSymbol type) => type.IsAnonymousType ? "an anonymous type" : type.ToDisplayString(Short);

    /// <summary>An expression in one line; what stands between the parentheses of a call is left out where it would be long.</summary>
    public static string Of(ExpressionSyntax expression)
    {
        var text = OneLine(expression);
        if (text.Length <= longest) return text;
        text = expression switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => $"{Of(member.Expression)}.{OneLine(member.Name)}(…)",
            InvocationExpressionSyntax call => $"{OneLine(call.Expression)}(…)",
            BaseObjectCreationExpressionSyntax creation => creation is ObjectCreationExpressionSyntax named ? $"new {OneLine(named.Type)}(…)" : "new(…)",
            ParenthesizedExpressionSyntax parenthesized => $"({Of(parenthesized.Expression)})",
            BinaryExpressionSyntax binary => $"{Of(binary.Left)} {binary.OperatorToken.Text} {Of(binary.Right)}",
            _ => text,
        };
        return text.Length <= 2 * longest ? text : text.Substring(0, 2 * longest - 1) + "…";
    }

    public static string OneLine(SyntaxNode node)
    {
        var text = new StringBuilder();
        foreach (var token in node.DescendantTokens())
        {
            if (text.Length > 0 && token.GetPreviousToken() is var previous && (previous.HasTrailingTrivia || token.HasLeadingTrivia)
                && !(previous.TrailingTrivia.ToString() + token.LeadingTrivia).Equals("", StringComparison.Ordinal)
                && !token.Text.StartsWith(".", StringComparison.Ordinal))
                text.Append(' ');
            text.Append(token.Text);
        }

        return text.ToString();
    }
}
