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
        context.RegisterSyntaxNodeAction(node => AnalyzeOperator(node, types), Shifts);
        context.RegisterSyntaxNodeAction(node => AnalyzeCommonOperator(node, types), Common);
        context.RegisterSyntaxNodeAction(node => CallMisfits.Analyze(node, types), SyntaxKind.InvocationExpression);
        context.RegisterSyntaxNodeAction(node => QueryMisfits.Analyze(node, types), SyntaxKind.QueryExpression);
        context.RegisterSyntaxNodeAction(node => AnalyzeResult(node, types), SyntaxKind.ArrowExpressionClause, SyntaxKind.ReturnStatement, SyntaxKind.EqualsValueClause);
        context.RegisterSyntaxNodeAction(node => ResultMisfit.AnalyzeAssignment(node, (AssignmentExpressionSyntax)node.Node, types), SyntaxKind.RightShiftAssignmentExpression);
    }

    // What a member gives: chains are read as a whole, anything else here.
    static void AnalyzeResult(SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        var given = context.Node switch
        {
            ArrowExpressionClauseSyntax arrow => arrow.Expression,
            ReturnStatementSyntax result => result.Expression,
            EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } } initializer => initializer.Value,
            _ => null,
        };
        if (given is null || Chain.Bare(given) is not (SimpleNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax)) return;
        if (types.IsFlow(OrkestraTypes.TypeOf(context.ContainingSymbol))) ResultMisfit.Analyze(context, given, types);
    }

    // Other operators that people join things with.
    static readonly SyntaxKind[] Shifts = [SyntaxKind.LeftShiftExpression, SyntaxKind.BitwiseOrExpression, SyntaxKind.UnsignedRightShiftExpression];

    static readonly SyntaxKind[] Common =
    [
        SyntaxKind.AddExpression, SyntaxKind.GreaterThanExpression, SyntaxKind.GreaterThanOrEqualExpression, SyntaxKind.BitwiseAndExpression, SyntaxKind.LogicalAndExpression, SyntaxKind.LogicalOrExpression,
    ];

    // They stand in all code, so they are looked at only where a flow is made.
    static void AnalyzeCommonOperator(SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        if (types.IsFlow(OrkestraTypes.TypeOf(context.ContainingSymbol))) AnalyzeOperator(context, types);
    }

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
