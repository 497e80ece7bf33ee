using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.Dropped;

/// <summary>Flows that a variable is given and nothing reads.</summary>
internal static class UnusedFlows
{
    public static void Analyze(SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        var (name, made, statement) = context.Node switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var initial, Parent.Parent: LocalDeclarationStatementSyntax declaration } variable => (variable.Identifier.ValueText, initial, (StatementSyntax)declaration),
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax target, Right: var assigned, Parent: ExpressionStatementSyntax assignment } => (target.Identifier.ValueText, assigned, assignment),
            _ => (null, null, null),
        };
        if (name is null || made is null || statement?.Parent is not BlockSyntax block || !IsMade(made)) return;
        if (!DroppedFlowAnalyzer.IsComposition(context.ContainingSymbol, types) || WhyUnused(name, statement, block) is not { } fix) return;
        var variableOf = context.Node is AssignmentExpressionSyntax { Left: var left } ? context.SemanticModel.GetSymbolInfo(left, context.CancellationToken).Symbol : context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken);
        if (variableOf is not ILocalSymbol { RefKind: RefKind.None } local || !DroppedFlowAnalyzer.IsFlow(local.Type, types)) return;
        context.ReportDiagnostic(Diagnostic.Create(DroppedFlowAnalyzer.Dropped, made.GetLocation(), CodeNames.Of(made), fix));
    }

    static bool IsMade(ExpressionSyntax value)
    {
        while (value is ParenthesizedExpressionSyntax parenthesized) value = parenthesized.Expression;
        return value is InvocationExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.RightShiftExpression };
    }

    static string? WhyUnused(string name, StatementSyntax statement, BlockSyntax block)
    {
        if (statement.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member) return null;
        IdentifierNameSyntax? next = null;
        foreach (var node in member.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax { Identifier.ValueText: var text } mention || text != name) continue;
            // A function may be called anywhere.
            if (FunctionAround(mention) is { } function && !function.Span.Contains(statement.Span)) return null;
            if (mention.SpanStart >= statement.Span.End) next ??= mention;
        }

        var isRepeated = statement is ExpressionStatementSyntax && statement.Ancestors().Any(static node => node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or LabeledStatementSyntax);
        if (next is null) return isRepeated ? null : $"compose '{name}' with '>>', or return it";
        return IsReplacedBy(next, name, statement, block) ? $"compose it with '>>' before '{name}' is assigned again" : null;
    }

    static bool IsReplacedBy(IdentifierNameSyntax next, string name, StatementSyntax statement, BlockSyntax block)
    {
        if (next.Parent is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: var value, Parent: ExpressionStatementSyntax replacing } assignment || assignment.Left != next || replacing.Parent != block) return false;
        if (value.DescendantNodesAndSelf().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: var text } && text == name)) return false;
        return !block.DescendantNodes().Any(node => node is BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax && node.SpanStart > statement.SpanStart && node.SpanStart < replacing.SpanStart);
    }

    static SyntaxNode? FunctionAround(SyntaxNode node) => node.Ancestors().FirstOrDefault(static one => one is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);
}
