using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orkestra.Analyzers.StepFields;

/// <summary>Makes the field or property of a step static and readonly.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class StepFieldFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [StepFieldAnalyzer.NotAField.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var creation = root?.FindNode(context.Span, getInnermostNodeForTie: true);
        if (creation is null) return;
        MemberDeclarationSyntax? member = StepFieldAnalyzer.PlaceOf(creation) switch
        {
            VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } => field,
            PropertyDeclarationSyntax { ExpressionBody: not null } or PropertyDeclarationSyntax { Initializer: not null } => (PropertyDeclarationSyntax)StepFieldAnalyzer.PlaceOf(creation)!,
            _ => null,
        };
        if (member is null || await UsesInstance(context, creation).ConfigureAwait(false)) return;
        var title = member is FieldDeclarationSyntax ? "Make the field static readonly" : "Make the property static and its step once";
        context.RegisterCodeFix(
            CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(root!.ReplaceNode(member, Fixed(member)))), nameof(StepFieldFix)),
            context.Diagnostics);
    }

    static async Task<bool> UsesInstance(CodeFixContext context, SyntaxNode creation)
    {
        if (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model) return true;
        var type = model.GetEnclosingSymbol(creation.SpanStart)?.ContainingType;
        foreach (var node in creation.DescendantNodes())
        {
            if (node is ThisExpressionSyntax) return true;
            if (node is not IdentifierNameSyntax || node.Parent is MemberAccessExpressionSyntax { Name: var accessed } && accessed == node) continue;
            if (model.GetSymbolInfo(node).Symbol is IFieldSymbol or IPropertySymbol or IMethodSymbol
                && model.GetSymbolInfo(node).Symbol is { IsStatic: false } symbol && SymbolEqualityComparer.Default.Equals(symbol.ContainingType, type)) return true;
        }

        return false;
    }

    static MemberDeclarationSyntax Fixed(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field => With(With(field, SyntaxKind.StaticKeyword), SyntaxKind.ReadOnlyKeyword),
        PropertyDeclarationSyntax { ExpressionBody: { } body } property => With(
            property.WithExpressionBody(null)
                .WithAccessorList(SyntaxFactory.AccessorList(SyntaxFactory.SingletonList(
                    SyntaxFactory.AccessorDeclaration(SyntaxKind.GetAccessorDeclaration).WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken)))).NormalizeWhitespace(eol: " ").WithTrailingTrivia(SyntaxFactory.Space))
                .WithInitializer(SyntaxFactory.EqualsValueClause(SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space), body.Expression))
                .WithIdentifier(property.Identifier.WithTrailingTrivia(SyntaxFactory.Space)),
            SyntaxKind.StaticKeyword),
        _ => With(member, SyntaxKind.StaticKeyword),
    };

    static MemberDeclarationSyntax With(MemberDeclarationSyntax member, SyntaxKind modifier)
    {
        if (member.Modifiers.Any(modifier)) return member;
        var token = SyntaxFactory.Token(modifier).WithTrailingTrivia(SyntaxFactory.Space);
        if (member.Modifiers.Count > 0) return member.WithModifiers(member.Modifiers.Add(token));
        var leading = member.GetLeadingTrivia();
        return member.WithLeadingTrivia().WithModifiers(SyntaxFactory.TokenList(token.WithLeadingTrivia(leading)));
    }
}
