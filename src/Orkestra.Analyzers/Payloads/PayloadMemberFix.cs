using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orkestra.Analyzers.Payloads;

/// <summary>Says to the serializer what it would pass over, in the smallest way.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class PayloadMemberFix : CodeFixProvider
{
    const string space = "System.Text.Json.Serialization";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [PayloadRules.Lost.Id, PayloadRules.Enum.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        switch (root?.FindNode(context.Span).FirstAncestorOrSelf<MemberDeclarationSyntax>())
        {
            case EnumDeclarationSyntax declaration:
                Register($"Write {declaration.Identifier.ValueText} as text", declaration, Attributed(declaration, $"JsonConverter(typeof(JsonStringEnumConverter<{declaration.Identifier.ValueText}>))"));
                break;
            case FieldDeclarationSyntax { Declaration.Variables.Count: 1 } field:
                Register("Put [JsonInclude] on it", field, Attributed(field, "JsonInclude"));
                break;
            case PropertyDeclarationSyntax { AccessorList: { } list } property when list.Accessors.Count == 1:
                var init = SyntaxFactory.AccessorDeclaration(SyntaxKind.InitAccessorDeclaration).WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken)).WithTrailingTrivia(SyntaxFactory.Space);
                Register("Add 'init;'", property, property.WithAccessorList(list.AddAccessors(init)));
                break;
            case PropertyDeclarationSyntax property:
                Register("Put [JsonInclude] on it", property, Attributed(property, "JsonInclude"));
                break;
        }

        void Register(string title, MemberDeclarationSyntax member, MemberDeclarationSyntax changed) =>
            context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(WithUsing(root!, root!.ReplaceNode(member, changed)))), title), context.Diagnostics);
    }

    static MemberDeclarationSyntax Attributed(MemberDeclarationSyntax member, string attribute)
    {
        var leading = member.GetLeadingTrivia();
        var lists = ((MemberDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"[{attribute}] int x;")!).AttributeLists;
        var indentation = leading.LastOrDefault(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        var list = lists[0].WithTrailingTrivia(SyntaxFactory.EndOfLine("\n")).WithLeadingTrivia(leading);
        return member.WithLeadingTrivia(indentation).WithAttributeLists(default).WithAttributeLists(SyntaxFactory.List([list, .. member.AttributeLists]));
    }

    static SyntaxNode WithUsing(SyntaxNode before, SyntaxNode after)
    {
        if (!after.ToString().Contains("[Json") || before is not CompilationUnitSyntax old || after is not CompilationUnitSyntax unit || old.Usings.Any(static one => one.Name?.ToString() == space)) return after;
        var directive = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(space)).NormalizeWhitespace().WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"));
        var index = unit.Usings.TakeWhile(one => string.CompareOrdinal(one.Name?.ToString(), space) < 0 && one.Name?.ToString().StartsWith("System", StringComparison.Ordinal) == true).Count();
        return unit.WithUsings(unit.Usings.Insert(index, directive));
    }
}
