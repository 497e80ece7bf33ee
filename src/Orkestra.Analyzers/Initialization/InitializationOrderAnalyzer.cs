using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.Initialization;

/// <summary>Static fields are filled from top to bottom: one that uses a later one composes null.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class InitializationOrderAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor TooEarly = Rule.Warning(
        "ORK019",
        "A step is used before it is made",
        "'{0}' is declared after '{1}' and is still {2} when '{1}' is filled: declare '{0}' above it");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [TooEarly];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types) =>
        context.RegisterSyntaxNodeAction(node => Analyze(node, types), SyntaxKind.EqualsValueClause);

    // The initializers of static fields and properties: what is named there and declared below.
    static void Analyze(SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        var initializer = (EqualsValueClauseSyntax)context.Node;
        if (initializer.Parent is not (PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax })) return;
        if (context.ContainingSymbol is not (IFieldSymbol { IsStatic: true } or IPropertySymbol { IsStatic: true }) || context.ContainingSymbol is not { } user) return;

        // A step or flow is composed of whatever it uses.
        var isFlow = types.IsFlow(OrkestraTypes.TypeOf(user));

        // What stands in a lambda is looked at later.
        foreach (var name in initializer.Value.DescendantNodesAndSelf(static node => node is not AnonymousFunctionExpressionSyntax).OfType<IdentifierNameSyntax>())
        {
            if (!user.ContainingType.GetMembers(name.Identifier.ValueText).Any(member => IsLater(member, name, isFlow, types, context.CancellationToken))) continue;
            if (context.SemanticModel.GetSymbolInfo(name, context.CancellationToken).Symbol is not { } used || !SymbolEqualityComparer.Default.Equals(used.ContainingType, user.ContainingType)) continue;
            if (!IsLater(used, name, isFlow, types, context.CancellationToken) || IsNameOf(name)) continue;
            context.ReportDiagnostic(Diagnostic.Create(TooEarly, (name.Parent is MemberAccessExpressionSyntax { Name: var right } whole && right == name ? whole : (SyntaxNode)name).GetLocation(), used.Name, user.Name, OrkestraTypes.TypeOf(used) is { IsValueType: true } ? "its default" : "null"));
        }
    }

    static bool IsLater(ISymbol member, SyntaxNode use, bool isFlow, OrkestraTypes types, CancellationToken cancellation) =>
        member is IFieldSymbol { IsStatic: true, IsConst: false } or IPropertySymbol { IsStatic: true }
        && (isFlow || types.IsFlow(OrkestraTypes.TypeOf(member)))
        && member.DeclaringSyntaxReferences.FirstOrDefault() is { } declared && declared.SyntaxTree == use.SyntaxTree && declared.Span.Start > use.SpanStart && HasInitializer(declared.GetSyntax(cancellation));

    static bool IsNameOf(SyntaxNode name) => name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } };

    static bool HasInitializer(SyntaxNode declaration) => declaration is VariableDeclaratorSyntax { Initializer: not null } or PropertyDeclarationSyntax { Initializer: not null };
}
