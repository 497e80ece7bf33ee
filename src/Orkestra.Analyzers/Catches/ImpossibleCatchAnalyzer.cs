using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Orkestra.Analyzers.Timeouts;

namespace Orkestra.Analyzers.Catches;

/// <summary>Catches and retries of exceptions that a step says it does not throw.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ImpossibleCatchAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor Impossible = Rule.Warning(
        "ORK032", "A catch is of an exception that the step does not throw", "'{0}' declares to throw {1}, so this {2} never sees {3}: remove it, or add the exception to Throws of '{0}'");

    // What a step can fail with whatever it declares: its time limits, its payload, its validation.
    static readonly string[] Always = ["Exception", "SystemException", "TimeoutException", "PayloadException", "ValidationException"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Impossible];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types) => context.RegisterSyntaxNodeAction(node => Analyze(node, types), SyntaxKind.InvocationExpression);

    static void Analyze(SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.Expression is not MemberAccessExpressionSyntax { Name: GenericNameSyntax { Identifier.ValueText: "Catch" or "Retry", TypeArgumentList.Arguments.Count: 1 } name } access) return;
        var argument = name.TypeArgumentList.Arguments[0];
        var receiver = access.Expression;
        while (receiver is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Catch" or "Retry" or "Timeout" or "Heartbeat" } before }) receiver = before.Expression;
        var model = context.SemanticModel;
        if (!types.IsStep(model.GetTypeInfo(receiver, context.CancellationToken).Type)) return;
        if (Declared(model.GetSymbolInfo(receiver, context.CancellationToken).Symbol, model, context.CancellationToken) is not { Count: > 0 } declared) return;
        if (model.GetTypeInfo(argument, context.CancellationToken).Type is not { } caught || Always.Contains(caught.Name)) return;
        if (declared.Any(thrown => IsOrDerives(thrown, caught) || IsOrDerives(caught, thrown))) return;
        context.ReportDiagnostic(Diagnostic.Create(
            Impossible, name.GetLocation(), CodeNames.Of(receiver), string.Join(", ", declared.Select(CodeNames.Of)), name.Identifier.ValueText, CodeNames.Of(caught)));
    }

    // Throws = [typeof(A), typeof(B)] of a step that is a field or a property in source.
    static List<ITypeSymbol>? Declared(ISymbol? member, SemanticModel model, CancellationToken cancellation)
    {
        if (member is not (IFieldSymbol or IPropertySymbol) || member.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference) return null;
        var initializer = reference.GetSyntax(cancellation) switch
        {
            VariableDeclaratorSyntax declarator => declarator.Initializer?.Value,
            PropertyDeclarationSyntax property => property.Initializer?.Value,
            _ => null,
        };
        if (initializer is not BaseObjectCreationExpressionSyntax creation || StepSettings.Assigned(creation, "Throws") is not { } throws) return null;
#pragma warning disable RS1030 // The declaration can be in another file, of which the context has no model.
        var own = throws.SyntaxTree == model.SyntaxTree ? model : model.Compilation.GetSemanticModel(throws.SyntaxTree);
#pragma warning restore RS1030
        return [.. throws.DescendantNodes().OfType<TypeOfExpressionSyntax>().Select(type => own.GetTypeInfo(type.Type, cancellation).Type).OfType<ITypeSymbol>()];
    }

    static bool IsOrDerives(ITypeSymbol type, ITypeSymbol from)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, from)) return true;
        }

        return false;
    }
}
