using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.Recursion;

/// <summary>Workflows that start themselves in each run. Behind a condition, in a branch or in a handler it is a loop with an end.</summary>
internal static class EndlessStarts
{
    public static void Analyze(SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (!IsStart(call) || DefinitionAround(call) is not { } definition || MayEnd(definition)) return;
        if (context.ContainingSymbol is not IMethodSymbol { ContainingType: { } workflow } || !types.IsWorkflow(workflow) || Started(call, workflow, context.SemanticModel, types, context.CancellationToken) is not { } started) return;
        if (PathTo(workflow, started, context, types) is not { } path || UsesOthers(definition, workflow, context.SemanticModel, types, context.CancellationToken)) return;
        var through = path.Count > 1 ? $" (through {string.Join(" and ", path.Take(path.Count - 1).Select(static type => $"'{type.Name}'"))})" : "";
        context.ReportDiagnostic(Diagnostic.Create(
            RecursionAnalyzer.Recursive,
            call.GetLocation(),
            $"Each run of '{workflow.Name}' starts another one{through}, which never ends: start it behind a condition, as in '.When(…, {CodeNames.Of(call)})', or loop with '.RepeatWhile(…)'"));
    }

    static bool IsStart(InvocationExpressionSyntax call) => call.ArgumentList.Arguments.Count == 0 && NameOf(call) is "AsStep" or "AsDetachedStep";

    static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        IdentifierNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };

    // The definition that always comes to a start: only '>>' and what every run passes stand around it.
    static MethodDeclarationSyntax? DefinitionAround(InvocationExpressionSyntax call)
    {
        SyntaxNode current = call;
        while (true)
        {
            switch (current.Parent)
            {
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.RightShiftExpression } or ParenthesizedExpressionSyntax or ArgumentSyntax { Parent: TupleExpressionSyntax } or TupleExpressionSyntax:
                    current = current.Parent;
                    continue;
                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { } applied } access when access.Expression == current && NameOf(applied) is "Retry" or "Timeout" or "Heartbeat" or "Catch" or "Finally" or "Select" or "As" or "From" or "CompensateWith":
                    current = applied;
                    continue;
                case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax method } when IsDefinition(method):
                    return method;
                case ReturnStatementSyntax { Parent: BlockSyntax { Parent: MethodDeclarationSyntax method } body } when IsDefinition(method) && body.DescendantNodes().Count(static node => node is ReturnStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax) == 1:
                    return method;
                default:
                    return null;
            }
        }
    }

    static bool IsDefinition(MethodDeclarationSyntax method) => method is { Identifier.ValueText: "Define", ParameterList.Parameters.Count: 0 } && method.Modifiers.Any(SyntaxKind.OverrideKeyword);

    // A flow of the class that may end the run before its start.
    static bool MayEnd(MethodDeclarationSyntax definition) => (definition.Parent ?? definition).DescendantNodes().Any(static node => node is SimpleNameSyntax
    {
        Identifier.ValueText: "Succeed" or "Fail" or "Rethrow" or "When" or "Switch" or "RepeatWhile" or "RepeatUntil" or "PollUntil",
    });

    // What a flow of another class does is not looked at.
    static bool UsesOthers(MethodDeclarationSyntax definition, INamedTypeSymbol workflow, SemanticModel model, OrkestraTypes types, CancellationToken cancellation) =>
        definition.DescendantNodes().OfType<SimpleNameSyntax>().Any(name => model.GetSymbolInfo(name, cancellation).Symbol is { IsImplicitlyDeclared: false } symbol and (IFieldSymbol or IPropertySymbol or IMethodSymbol)
            && !SymbolEqualityComparer.Default.Equals(symbol.ContainingType, workflow) && symbol.ContainingAssembly?.Name.StartsWith("Orkestra", StringComparison.Ordinal) != true
            && OrkestraTypes.TypeOf(symbol) is var type && types.IsFlow(type) && !types.IsStep(type));

    static INamedTypeSymbol? Started(InvocationExpressionSyntax call, INamedTypeSymbol workflow, SemanticModel model, OrkestraTypes types, CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol { ContainingType: var declaring } || !OrkestraTypes.IsOf(declaring, types.Workflow)) return null;
        var type = call.Expression is MemberAccessExpressionSyntax { Expression: not (ThisExpressionSyntax or BaseExpressionSyntax) and var receiver } ? model.GetTypeInfo(receiver, cancellation).Type : workflow;
        return (type as INamedTypeSymbol)?.OriginalDefinition;
    }

    static List<INamedTypeSymbol>? PathTo(INamedTypeSymbol target, INamedTypeSymbol first, SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { first };
        var paths = new Queue<List<INamedTypeSymbol>>([[first]]);
        while (paths.Count > 0)
        {
            var path = paths.Dequeue();
            var last = path[path.Count - 1];
            if (SymbolEqualityComparer.Default.Equals(last, target)) return path;
            foreach (var next in StartsOf(last, context, types))
            {
                if (seen.Add(next)) paths.Enqueue([.. path, next]);
            }
        }

        return null;
    }

    static IEnumerable<INamedTypeSymbol> StartsOf(INamedTypeSymbol workflow, SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        foreach (var declaration in workflow.GetMembers("Define").SelectMany(static member => member.DeclaringSyntaxReferences))
        {
            foreach (var call in declaration.GetSyntax(context.CancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (!IsStart(call) || DefinitionAround(call) is not { } definition || MayEnd(definition)) continue;
#pragma warning disable RS1030 // Another file is asked only when a workflow of it is started by one that is looked at.
                var model = call.SyntaxTree == context.SemanticModel.SyntaxTree ? context.SemanticModel : context.Compilation.GetSemanticModel(call.SyntaxTree);
#pragma warning restore RS1030
                if (Started(call, workflow, model, types, context.CancellationToken) is { } started && !UsesOthers(definition, workflow, model, types, context.CancellationToken)) yield return started;
            }
        }
    }
}
