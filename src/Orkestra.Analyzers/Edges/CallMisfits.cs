using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.Edges;

/// <summary>Calls of <c>When</c> and <c>Catch</c> whose flows do not fit: the compiler speaks of type parameters there.</summary>
internal static class CallMisfits
{
    public static void Analyze(SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "When" or "Catch" } member) return;
        var info = context.SemanticModel.GetSymbolInfo(call, context.CancellationToken);

        // Overloads that stand there only to explain are obsolete; here the steps and types get their names.
        if (info.Symbol is { } symbol && !symbol.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "ObsoleteAttribute")) return;
        if (types.EndsOf(TypeOf(context, member.Expression)) is not { } ends) return;
        if (member.Name.Identifier.ValueText == "When") When(context, call, ends.Out, CodeNames.Of(member.Expression), types);
        else Catch(context, call, ends.Out, CodeNames.Of(member.Expression), types);
    }

    static void When(SyntaxNodeAnalysisContext context, InvocationExpressionSyntax call, ITypeSymbol given, string left, OrkestraTypes types)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Count < 2) return;
        var (then, otherwise) = (Argument(arguments, "then", 1), Argument(arguments, "otherwise", 2));
        if (then is null || types.EndsOf(TypeOf(context, then)) is not { } first) return;
        var fits = Takes(context, then, first.In, given, left, types);
        if (otherwise is null || types.EndsOf(TypeOf(context, otherwise)) is not { } second)
        {
            if (fits && otherwise is null && !SymbolEqualityComparer.Default.Equals(first.Out, given))
                Report(context, then, $"'{CodeNames.Of(then)}' gives {CodeNames.Of(first.Out)}, but without it the payload stays {CodeNames.Of(given)}: let it give {CodeNames.Of(given)}, or give When a third flow for the other case.");
            return;
        }

        fits &= Takes(context, otherwise, second.In, given, left, types);
        if (!fits || SymbolEqualityComparer.Default.Equals(first.Out, second.Out)) return;
        Report(
            context,
            otherwise,
            $"The two ways of When give different types: '{CodeNames.Of(then)}' gives {CodeNames.Of(first.Out)} and '{CodeNames.Of(otherwise)}' gives {CodeNames.Of(second.Out)}. "
            + $"Let both give one type, for example with '{CodeNames.Of(otherwise)}.Select(…)' or '.As<object?>()' on both.");
    }

    static void Catch(SyntaxNodeAnalysisContext context, InvocationExpressionSyntax call, ITypeSymbol given, string left, OrkestraTypes types)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Count == 0 || types.Failure is not { } failure) return;
        var handler = arguments[0].Expression;
        if (types.EndsOf(TypeOf(context, handler)) is not { } ends) return;
        if (!Fixes.Converts(failure, ends.In, context.Compilation) && ends.In is not INamedTypeSymbol { IsGenericType: true })
        {
            Report(context, handler, $"The handler '{CodeNames.Of(handler)}' takes {CodeNames.Of(ends.In)}, but a Catch gives it a Failure: let it take Failure (or object?).");
            return;
        }

        if (!Fixes.Converts(ends.Out, given, context.Compilation))
            Report(context, handler, $"The handler '{CodeNames.Of(handler)}' gives {CodeNames.Of(ends.Out)}, but takes the place of '{left}', which gives {CodeNames.Of(given)}: let it give {CodeNames.Of(given)}, for example with '.Select(…)'.");
    }

    static bool Takes(SyntaxNodeAnalysisContext context, ExpressionSyntax branch, ITypeSymbol taken, ITypeSymbol given, string left, OrkestraTypes types)
    {
        if (Fixes.Converts(given, taken, context.Compilation)) return true;
        var name = CodeNames.Of(branch);
        context.ReportDiagnostic(Diagnostic.Create(
            EdgeRules.Misfit, branch.GetLocation(), name, CodeNames.Of(taken), left, CodeNames.Of(given), Fixes.Of(left, given, name, taken, types, context.Compilation)));
        return false;
    }

    static ExpressionSyntax? Argument(SeparatedSyntaxList<ArgumentSyntax> arguments, string name, int position)
    {
        foreach (var argument in arguments)
        {
            if (argument.NameColon?.Name.Identifier.ValueText == name) return argument.Expression;
        }

        return position < arguments.Count && arguments[position].NameColon is null ? arguments[position].Expression : null;
    }

    static ITypeSymbol? TypeOf(SyntaxNodeAnalysisContext context, ExpressionSyntax expression) => context.SemanticModel.GetTypeInfo(expression, context.CancellationToken).Type;

    static void Report(SyntaxNodeAnalysisContext context, ExpressionSyntax where, string sentence) =>
        context.ReportDiagnostic(Diagnostic.Create(EdgeRules.WrongBranches, where.GetLocation(), sentence));
}
