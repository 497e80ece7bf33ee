using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orkestra.Analyzers.Payloads;

/// <summary>Awaits a task that is a member of an anonymous object, in a lambda that can await.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class AwaitFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [PayloadRules.Task.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is not ExpressionSyntax { Parent: AnonymousObjectMemberDeclaratorSyntax } task) return;
        if (task.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is not { } lambda) return;
        context.RegisterCodeFix(
            CodeAction.Create("Await the task", _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(lambda, Awaiting(lambda, task)))), nameof(AwaitFix)),
            context.Diagnostics);
    }

    static AnonymousFunctionExpressionSyntax Awaiting(AnonymousFunctionExpressionSyntax lambda, ExpressionSyntax task)
    {
        var awaited = SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), task.WithoutLeadingTrivia()).WithLeadingTrivia(task.GetLeadingTrivia());
        var changed = lambda.ReplaceNode(task, awaited);
        if (lambda.AsyncKeyword != default) return changed;
        var token = SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithLeadingTrivia(changed.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space);
        return changed.WithoutLeadingTrivia() switch
        {
            SimpleLambdaExpressionSyntax simple => simple.AddModifiers(token),
            ParenthesizedLambdaExpressionSyntax parenthesized => parenthesized.AddModifiers(token),
            var other => (AnonymousFunctionExpressionSyntax)other,
        };
    }
}
