using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.Edges;

/// <summary>Says at each <c>&gt;&gt;</c> that does not compile which two steps do not fit, and how to make them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class EdgeAnalyzer : OrkestraAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [EdgeRules.Misfit, EdgeRules.WrongBranches, EdgeRules.NoFlow];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types)
    {
        context.RegisterSyntaxNodeAction(node => AnalyzeChain(node, types), SyntaxKind.RightShiftExpression);
        context.RegisterSyntaxNodeAction(node => AnalyzeOperator(node, types), SyntaxKind.LeftShiftExpression, SyntaxKind.BitwiseOrExpression, SyntaxKind.UnsignedRightShiftExpression);
        context.RegisterSyntaxNodeAction(node => CallMisfits.Analyze(node, types), SyntaxKind.InvocationExpression);
    }

    // Other operators that people join things with.
    static void AnalyzeOperator(SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        var node = (BinaryExpressionSyntax)context.Node;
        if (!types.IsFlow(context.SemanticModel.GetTypeInfo(node.Left, context.CancellationToken).Type) || context.SemanticModel.GetTypeInfo(node, context.CancellationToken).Type is { TypeKind: not TypeKind.Error }) return;
        context.ReportDiagnostic(Diagnostic.Create(
            EdgeRules.NoFlow, node.OperatorToken.GetLocation(), $"'{node.OperatorToken.Text}' does not join flows: write '{CodeNames.Of(node.Left)} >> {CodeNames.Of(node.Right)}'."));
    }

    static void AnalyzeChain(SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        var whole = (BinaryExpressionSyntax)context.Node;
        if (!Chain.IsWhole(whole)) return;
        var type = context.SemanticModel.GetTypeInfo(whole, context.CancellationToken);
        if (type.Type is { TypeKind: not TypeKind.Error })
        {
            ResultMisfit.Analyze(context, whole, type, types);
            return;
        }

        new ChainReader(context, types).Read(Chain.Operators(whole));
    }
}
