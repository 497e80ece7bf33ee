using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Dropped;

/// <summary>A flow never changes: a call on it gives another one, which a statement of its own drops.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class DroppedFlowAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor Dropped = Rule.Warning(
        "ORK023", "A flow is made and not used", "'{0}' gives a new flow and changes nothing, and the new flow is not used: {1}");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Dropped, UnawaitedRuns.Unawaited, UncheckedRuns.Unchecked];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types)
    {
        context.RegisterOperationAction(operation => Analyze(operation, types), OperationKind.ExpressionStatement);
        context.RegisterOperationAction(UncheckedRuns.Analyze, OperationKind.VariableDeclarator);
        context.RegisterSyntaxNodeAction(node => UnusedFlows.Analyze(node, types), SyntaxKind.VariableDeclarator, SyntaxKind.SimpleAssignmentExpression);
    }

    static void Analyze(OperationAnalysisContext context, OrkestraTypes types)
    {
        UnawaitedRuns.Analyze(context);
        UncheckedRuns.Analyze(context);
        // Tests make flows to see them refused, mostly as the body of a lambda.
        if (context.Operation is not IExpressionStatementOperation { Operation: IInvocationOperation call, Syntax: ExpressionStatementSyntax } || !IsFlow(call.Type, types)) return;
        if (!IsComposition(context.ContainingSymbol, types)) return;
        var syntax = (InvocationExpressionSyntax)call.Syntax;
        var text = CodeNames.Of(syntax);
        context.ReportDiagnostic(Diagnostic.Create(Dropped, syntax.GetLocation(), text, Fix(syntax, text)));
    }

    /// <summary>Whether code composes flows for a workflow, so that it uses all that it makes.</summary>
    public static bool IsComposition(ISymbol? symbol, OrkestraTypes types) => types.IsWorkflow(symbol?.ContainingType) || (symbol is IMethodSymbol method && types.IsFlow(method.ReturnType));

    static string Fix(InvocationExpressionSyntax call, string text)
    {
        ExpressionSyntax first = call;
        while (first is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }) first = access.Expression;
        return first is IdentifierNameSyntax { Identifier.ValueText: var name } && char.IsLower(name, 0)
            ? $"write '{name} = {text};', compose it with '>>', or return it"
            : $"compose it with '>>', or return it";
    }

    // An unfinished switch becomes a flow as well.
    public static bool IsFlow(ITypeSymbol? type, OrkestraTypes types) =>
        types.IsFlow(type) || type is INamedTypeSymbol { ContainingNamespace: { Name: "Branching", ContainingNamespace: { Name: "Authoring", ContainingNamespace.Name: "Orkestra" } } };
}
