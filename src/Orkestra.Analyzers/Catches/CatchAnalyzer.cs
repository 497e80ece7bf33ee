using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Orkestra.Analyzers.Edges;

namespace Orkestra.Analyzers.Catches;

/// <summary>Catches that guard less than they seem to, or nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class CatchAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor Trailing = Rule.Warning(
        "ORK016",
        "A Catch or Finally at the end of a chain guards its last step only",
        "This {0} guards '{1}' only, not the steps above it: write 'Try(… >> {1}).{0}' to guard the whole chain, or '({1}.{0})' to say that one step is meant");

    public static readonly DiagnosticDescriptor Unreachable = Rule.Warning(
        "ORK017",
        "A catch is never reached",
        "The first catch of {0} takes every error that this one is for: remove it, or catch another exception");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Trailing, Unreachable, LoneTry.Alone];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types)
    {
        context.RegisterSyntaxNodeAction(node => AnalyzeChain(node, types), SyntaxKind.RightShiftExpression);
        context.RegisterSyntaxNodeAction(node => AnalyzeCall(node, types), SyntaxKind.InvocationExpression);
    }

    static void AnalyzeChain(SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        var whole = (BinaryExpressionSyntax)context.Node;
        if (GuardOf(whole.Right) is not { } guard || !Chain.IsWhole(whole)) return;
        var operators = Chain.Operators(whole);
        if (operators.Count < 2 || operators.Take(operators.Count - 1).Any(static edge => GuardOf(Chain.Bare(edge.Right)) is not null) || GuardOf(operators[0].Left) is not null) return;
        if (LineOf(operators[0].Left.GetFirstToken()) == LineOf(whole.OperatorToken)) return;
        if (!IsCatch(context, guard, types) || (IsFinally(guard) && !FitsChain(context, whole, guard, types))) return;
        var step = Guarded(guard);
        var text = CodeNames.OneLine(((MemberAccessExpressionSyntax)guard.Expression).Name) + "(…)";
        context.ReportDiagnostic(Diagnostic.Create(Trailing, ((MemberAccessExpressionSyntax)guard.Expression).Name.GetLocation(), text, CodeNames.Of(step)));
    }

    static void AnalyzeCall(SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        LoneTry.Analyze(context, call, types);
        if (!IsNamedCatch(call) || !IsCatch(context, call, types)) return;
        var name = (GenericNameSyntax)((MemberAccessExpressionSyntax)call.Expression).Name;
        if (name.TypeArgumentList.Arguments.Count != 1 || context.SemanticModel.GetTypeInfo(name.TypeArgumentList.Arguments[0], context.CancellationToken).Type is not { } caught) return;
        for (var receiver = Receiver(call); receiver is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: GenericNameSyntax { Identifier.ValueText: "Catch" } earlier } } before; receiver = Receiver(before))
        {
            if (context.SemanticModel.GetTypeInfo(earlier.TypeArgumentList.Arguments[0], context.CancellationToken).Type is not { } first || !Takes(first, caught)) continue;
            context.ReportDiagnostic(Diagnostic.Create(Unreachable, name.GetLocation(), CodeNames.Of(first)));
            return;
        }
    }

    /// <summary>The call of Catch or Finally that a part of a chain ends with.</summary>
    public static InvocationExpressionSyntax? GuardOf(ExpressionSyntax part) => part is InvocationExpressionSyntax call && (IsNamedCatch(call) || IsFinally(call)) ? call : null;

    /// <summary>What a call of Catch or Finally is made on, without the catches before it.</summary>
    public static ExpressionSyntax Guarded(InvocationExpressionSyntax guard)
    {
        var receiver = Receiver(guard);
        while (receiver is InvocationExpressionSyntax before && IsNamedCatch(before)) receiver = Receiver(before);
        return receiver;
    }

    static ExpressionSyntax Receiver(InvocationExpressionSyntax call) => ((MemberAccessExpressionSyntax)call.Expression).Expression;

    static bool IsNamedCatch(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax { Name: GenericNameSyntax { Identifier.ValueText: "Catch" } };

    static bool IsFinally(InvocationExpressionSyntax call) =>
        call is { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: "Finally" } }, ArgumentList.Arguments.Count: 1 };

    // It takes the input of what it guards. One that doesn't take the chain's can only be meant for the step.
    static bool FitsChain(SyntaxNodeAnalysisContext context, BinaryExpressionSyntax whole, InvocationExpressionSyntax guard, OrkestraTypes types) =>
        types.EndsOf(context.SemanticModel.GetTypeInfo(whole, context.CancellationToken).Type) is { In: var given }
        && types.EndsOf(context.SemanticModel.GetTypeInfo(guard.ArgumentList.Arguments[0].Expression, context.CancellationToken).Type) is { In: var taken }
        && Fixes.Converts(given, taken, context.Compilation);

    static bool IsCatch(SyntaxNodeAnalysisContext context, InvocationExpressionSyntax call, OrkestraTypes types) =>
        types.IsFlow(context.SemanticModel.GetTypeInfo(Receiver(call), context.CancellationToken).Type);

    // As C#'s catch: derived exceptions are included. A catch of all errors comes last, wherever it is written.
    static bool Takes(ITypeSymbol first, ITypeSymbol caught)
    {
        if (SymbolEqualityComparer.Default.Equals(first, caught)) return true;
        if (first is { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }) return false;
        for (var type = caught.BaseType; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, first)) return true;
        }

        return false;
    }

    static int LineOf(SyntaxToken token) => token.GetLocation().GetLineSpan().StartLinePosition.Line;
}
