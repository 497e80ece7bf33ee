using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orkestra.Analyzers.Catches;

/// <summary>Puts the parentheses where they say what a trailing Catch or Finally guards.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class CatchFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [CatchAnalyzer.Trailing.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<BinaryExpressionSyntax>() is not { } whole || CatchAnalyzer.GuardOf(whole.Right) is not { } guard) return;
        var step = CatchAnalyzer.Guarded(guard);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        var guarding = model!.LookupSymbols(whole.SpanStart, name: "Try").Any(static symbol => symbol is IMethodSymbol { ContainingType.Name: "Workflow" }) ? "Try" : "Workflow.Try";
        Register("Guard the whole chain", () =>
        {
            var trailing = step.GetTrailingTrivia();
            var chain = whole.WithRight(step.WithoutTrailingTrivia().WithLeadingTrivia(whole.Right.GetLeadingTrivia())).WithoutTrivia();
            var guarded = guard.ReplaceNode(step, SyntaxFactory.InvocationExpression(
                SyntaxFactory.ParseExpression(guarding), SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(chain)))).WithTrailingTrivia(trailing));
            return root.ReplaceNode(whole, guarded.WithTriviaFrom(whole));
        });
        Register("Guard the last step only", () =>
            root.ReplaceNode(whole.Right, SyntaxFactory.ParenthesizedExpression(whole.Right.WithoutTrivia()).WithTriviaFrom(whole.Right)));

        void Register(string title, Func<SyntaxNode> change) =>
            context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(change())), title), context.Diagnostics);
    }
}
