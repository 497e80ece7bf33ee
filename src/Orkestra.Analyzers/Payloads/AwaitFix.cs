using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orkestra.Analyzers.Payloads;

/// <summary>Awaits a task that is a member of an anonymous object or part of a text, in a lambda that can await.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class AwaitFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [PayloadRules.Task.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is not ExpressionSyntax task || FunctionOf(task) is not { } lambda) return;
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (!OrkestraTypes.IsTask(model.GetTypeInfo(task, context.CancellationToken).Type)) return;
        context.RegisterCodeFix(
            CodeAction.Create("Await the task", _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(lambda, Awaiting(lambda, task)))), nameof(AwaitFix)),
            context.Diagnostics);
    }

    // The step's own lambda may become asynchronous. Of others it would change what they give.
    static AnonymousFunctionExpressionSyntax? FunctionOf(ExpressionSyntax task) => task.Ancestors().FirstOrDefault(static node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) switch
    {
        AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax } } own => own,
        AnonymousFunctionExpressionSyntax asynchronous when asynchronous.AsyncKeyword != default => asynchronous,
        _ => null,
    };

    static AnonymousFunctionExpressionSyntax Awaiting(AnonymousFunctionExpressionSyntax lambda, ExpressionSyntax task)
    {
        ExpressionSyntax operand = task is InvocationExpressionSyntax or SimpleNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax or BaseObjectCreationExpressionSyntax
            ? task.WithoutLeadingTrivia()
            : SyntaxFactory.ParenthesizedExpression(task.WithoutTrivia()).WithTrailingTrivia(task.GetTrailingTrivia());
        ExpressionSyntax awaited = SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), operand);
        if (task.Parent is MemberAccessExpressionSyntax) awaited = SyntaxFactory.ParenthesizedExpression(awaited);
        awaited = awaited.WithLeadingTrivia(task.GetLeadingTrivia());
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
