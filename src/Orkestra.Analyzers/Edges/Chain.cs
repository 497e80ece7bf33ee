using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orkestra.Analyzers.Edges;

/// <summary>A chain of <c>&gt;&gt;</c>, its parts from left to right.</summary>
internal static class Chain
{
    /// <summary>Whether an operator is the last of its chain, so that the whole chain is below it.</summary>
    public static bool IsWhole(BinaryExpressionSyntax node)
    {
        SyntaxNode current = node;
        while (current.Parent is ParenthesizedExpressionSyntax parenthesized) current = parenthesized;
        return !(current.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.RightShiftExpression } outer && outer.Left == current);
    }

    /// <summary>The operators of a chain from left to right.</summary>
    public static List<BinaryExpressionSyntax> Operators(BinaryExpressionSyntax whole)
    {
        var operators = new List<BinaryExpressionSyntax>();
        ExpressionSyntax current = whole;
        while (Bare(current) is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.RightShiftExpression } binary)
        {
            operators.Add(binary);
            current = binary.Left;
        }

        operators.Reverse();
        return operators;
    }

    public static ExpressionSyntax Bare(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized) expression = parenthesized.Expression;
        return expression;
    }

    /// <summary>The last part of what stands left of an operator: the step whose output arrives.</summary>
    public static ExpressionSyntax Last(ExpressionSyntax left) => Bare(left) is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.RightShiftExpression } binary ? Last(binary.Right) : left;

    /// <summary>The first part of what follows an operator: the step that is given its left side's output.</summary>
    public static ExpressionSyntax First(ExpressionSyntax right) => Bare(right) is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.RightShiftExpression } binary ? First(binary.Left) : right;
}
