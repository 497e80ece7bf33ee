using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orkestra.Analyzers.ExitCodes;

/// <summary>Returns the exit code where the call is the last top-level statement.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class ExitCodeFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ExitCodeAnalyzer.Lost.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var call = root?.FindNode(context.Span, getInnermostNodeForTie: true);
        if (call?.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Parent: GlobalStatementSyntax global } statement) return;
        if (root is not CompilationUnitSyntax unit || unit.Members.OfType<GlobalStatementSyntax>().LastOrDefault(static member => member.Statement is not LocalFunctionStatementSyntax) != global) return;
        if (unit.Members.OfType<GlobalStatementSyntax>().SelectMany(static member => member.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))).OfType<ReturnStatementSyntax>().Any()) return;
        var invocation = call.FirstAncestorOrSelf<InvocationExpressionSyntax>()!;
        context.RegisterCodeFix(
            CodeAction.Create("Return the exit code", _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(statement, Returned(statement, invocation)))), nameof(ExitCodeFix)),
            context.Diagnostics);
    }

    static ReturnStatementSyntax Returned(ExpressionStatementSyntax statement, InvocationExpressionSyntax call)
    {
        var value = statement.Expression is AwaitExpressionSyntax awaited ? awaited : SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), call.WithoutTrivia());
        return SyntaxFactory.ReturnStatement(
            SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithLeadingTrivia(statement.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space),
            value.WithoutLeadingTrivia(),
            statement.SemicolonToken);
    }
}
