using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.Catches;

/// <summary>Try groups a chain for what follows. Alone it catches nothing.</summary>
internal static class LoneTry
{
    public static readonly DiagnosticDescriptor Alone = Rule.Warning(
        "ORK034",
        "Nothing follows a Try",
        "This Try(…) catches nothing, because nothing follows it: write 'Try({0}).Catch<Exception>(…)', '.Capture()' or '.Finally(…)', or leave out Try");

    public static void Analyze(SyntaxNodeAnalysisContext context, InvocationExpressionSyntax call, OrkestraTypes types)
    {
        if (call.ArgumentList.Arguments.Count != 1 || call.Expression is not (IdentifierNameSyntax { Identifier.ValueText: "Try" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Try" })) return;
        SyntaxNode outer = call;
        while (outer.Parent is ParenthesizedExpressionSyntax parent) outer = parent;

        // Elsewhere something may follow where the flow is used.
        var isDone = outer.Parent is BinaryExpressionSyntax { OperatorToken.Text: ">>" }
            || (outer.Parent is ArrowExpressionClauseSyntax or ReturnStatementSyntax && context.ContainingSymbol is IMethodSymbol { Name: "Define" } define && types.IsWorkflow(define.ContainingType));
        if (!isDone || context.SemanticModel.GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol { ContainingType.Name: "Workflow" }) return;
        var chain = call.ArgumentList.Arguments[0].Expression;
        foreach (var name in chain.DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
        {
            // An end and a compensation belong to the Try; a flow from elsewhere may hold them.
            if (name.Identifier.ValueText is "Succeed" or "CompensateWith") return;
            if (name is IdentifierNameSyntax && context.SemanticModel.GetSymbolInfo(name, context.CancellationToken).Symbol is { } symbol && OrkestraTypes.TypeOf(symbol) is { } type && types.IsFlow(type) && !types.IsStep(type) && symbol is not IMethodSymbol { ContainingNamespace.Name: "Authoring" }) return;
        }

        context.ReportDiagnostic(Diagnostic.Create(Alone, call.Expression.GetLocation(), CodeNames.Of(chain)));
    }
}
