using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Initialization;

/// <summary>Static fields are filled from top to bottom: one that uses a later one composes null.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class InitializationOrderAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor TooEarly = Rule.Warning(
        "ORK019",
        "A step is used before it is made",
        "'{0}' is declared after '{1}' and is still null when '{1}' is filled: declare '{0}' above it");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [TooEarly];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types) =>
        context.RegisterOperationAction(operation => Analyze(operation, types), OperationKind.FieldReference, OperationKind.PropertyReference);

    static void Analyze(OperationAnalysisContext context, OrkestraTypes types)
    {
        if (context.ContainingSymbol is not (IFieldSymbol { IsStatic: true } or IPropertySymbol { IsStatic: true }) || context.ContainingSymbol is not { } user) return;
        var reference = (IMemberReferenceOperation)context.Operation;
        var member = reference.Member;
        if (!member.IsStatic || !types.IsFlow(reference.Type) || !SymbolEqualityComparer.Default.Equals(member.ContainingType, user.ContainingType)) return;
        if (member.DeclaringSyntaxReferences.FirstOrDefault() is not { } declared || user.DeclaringSyntaxReferences.FirstOrDefault() is not { } place || declared.SyntaxTree != place.SyntaxTree) return;
        if (declared.Span.Start <= reference.Syntax.SpanStart || !HasInitializer(declared.GetSyntax(context.CancellationToken)) || !HasInitializer(place.GetSyntax(context.CancellationToken))) return;

        // What stands in a lambda or after => is looked at later.
        for (IOperation? around = reference; around is not null; around = around.Parent)
        {
            if (around is IAnonymousFunctionOperation or INameOfOperation) return;
        }

        context.ReportDiagnostic(Diagnostic.Create(TooEarly, reference.Syntax.GetLocation(), member.Name, user.Name));
    }

    static bool HasInitializer(SyntaxNode declaration) => declaration is VariableDeclaratorSyntax { Initializer: not null } or PropertyDeclarationSyntax { Initializer: not null };
}
