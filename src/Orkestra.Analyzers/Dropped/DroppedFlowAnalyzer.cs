using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
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
    }

    static void Analyze(OperationAnalysisContext context, OrkestraTypes types)
    {
        UnawaitedRuns.Analyze(context);
        UncheckedRuns.Analyze(context);
        // Tests make flows to see them refused, mostly as the body of a lambda.
        if (context.Operation is not IExpressionStatementOperation { Operation: IInvocationOperation call, Syntax: ExpressionStatementSyntax } || !IsFlow(call.Type, types)) return;
        if (!types.IsWorkflow(context.ContainingSymbol.ContainingType) && !(context.ContainingSymbol is IMethodSymbol method && types.IsFlow(method.ReturnType))) return;
        var syntax = (InvocationExpressionSyntax)call.Syntax;
        var text = CodeNames.Of(syntax);
        context.ReportDiagnostic(Diagnostic.Create(Dropped, syntax.GetLocation(), text, Fix(syntax, text)));
    }

    static string Fix(InvocationExpressionSyntax call, string text)
    {
        ExpressionSyntax first = call;
        while (first is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }) first = access.Expression;
        return first is IdentifierNameSyntax { Identifier.ValueText: var name } && char.IsLower(name, 0)
            ? $"write '{name} = {text};', compose it with '>>', or return it"
            : $"compose it with '>>', or return it";
    }

    // An unfinished switch becomes a flow as well.
    static bool IsFlow(ITypeSymbol? type, OrkestraTypes types) =>
        types.IsFlow(type) || type is INamedTypeSymbol { ContainingNamespace: { Name: "Branching", ContainingNamespace: { Name: "Authoring", ContainingNamespace.Name: "Orkestra" } } };
}
