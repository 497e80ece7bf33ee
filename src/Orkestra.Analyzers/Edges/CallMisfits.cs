using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.Edges;

/// <summary>Calls that take flows, such as <c>When</c> and <c>Catch</c>, where the flows do not fit: the compiler speaks of type parameters there.</summary>
internal static class CallMisfits
{
    public static void Analyze(SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } member || !Names.Contains(name)) return;
        var info = context.SemanticModel.GetSymbolInfo(call, context.CancellationToken);

        // Overloads that stand there only to explain are obsolete; here the steps and types get their names.
        if (info.Symbol is { } symbol && !symbol.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "ObsoleteAttribute")) return;
        var receiver = TypeOf(context, member.Expression);
        if (name is "Case" or "Default")
        {
            // An unfinished switch is a flow too.
            if (receiver is not { ContainingNamespace.Name: "Branching" } && types.IsFlow(receiver))
                Report(context, member.Name, $"'{CodeNames.Of(member.Expression)}' is a flow, which has all its cases: {(name == "Case" ? "write '.Case(…)' before '.Default(…)', and '.Switch(…)' before the first one" : "it needs no '.Default(…)'")}.");
            else SwitchMisfits.Analyze(context, call, receiver, types);
            return;
        }

        if (name is "MapEach" or "MapBatches")
        {
            DatasetMisfits.Analyze(context, call, member, types);
            return;
        }

        if (types.EndsOf(receiver) is not { } ends) return;
        var left = CodeNames.Of(member.Expression);
        if (name is "Then" or "ContinueWith" or "AndThen" or "Pipe")
        {
            if (Flow(context, call, types) is var (next, _))
                context.ReportDiagnostic(Diagnostic.Create(EdgeRules.NoFlow, member.Name.GetLocation(), $"Flows are joined with '>>': write '{left} >> {CodeNames.Of(next)}'."));
            return;
        }

        switch (name)
        {
            case "Map" or "Select" when Flow(context, call, types) is var (element, _) && call.ArgumentList.Arguments.Count == 1:
                Report(
                    context,
                    element,
                    name == "Map" || !Fixes.Converts(ends.Out, types.EndsOf(TypeOf(context, element))!.Value.In, context.Compilation)
                        ? $"'{CodeNames.Of(element)}' is a flow: write '{left} >> {CodeNames.Of(element)}.Map()' to run it for each element of what '{left}' gives."
                        : $"'{CodeNames.Of(element)}' is a flow, and Select takes an expression: write '{left} >> {CodeNames.Of(element)}'.");
                break;
            case "When" when Flow(context, call, types) is var (condition, _):
                Report(context, condition, $"The first argument of When is a condition, and '{CodeNames.Of(condition)}' is a flow: write '.When({Fixes.Parameter(ends.Out)} => …, {CodeNames.Of(condition)}, …)'.");
                break;
            case "When":
                When(context, call, ends.Out, left, types);
                break;
            case "Catch":
                Catch(context, call, ends.Out, left, types);
                break;
            case "CompensateWith" when Flow(context, call, types) is var (compensation, taken) && !Fixes.Converts(ends.Out, taken, context.Compilation):
                Report(
                    context,
                    compensation,
                    $"'{CodeNames.Of(compensation)}' takes {CodeNames.Of(taken)}, but undoes '{left}', which gives {CodeNames.Of(ends.Out)}: let it take {CodeNames.Of(ends.Out)}, or write '.CompensateWith((input, output) => {CodeNames.Of(compensation)}.With(…))'.");
                break;
            case "Finally" when Flow(context, call, types) is var (last, taken) && !Fixes.Converts(ends.In, taken, context.Compilation):
                Report(context, last, $"'{CodeNames.Of(last)}' takes {CodeNames.Of(taken)}, but Finally gives it what the flow before it was given, {CodeNames.Of(ends.In)}: let it take {CodeNames.Of(ends.In)} (or object?).");
                break;
            case "Values" or "Failures":
                Report(
                    context,
                    member.Name,
                    OrkestraTypes.IsOf(ends.Out, types.Outcome)
                        ? $"{name}() is for an array of outcomes, and '{left}' gives one: use '.Select(outcome => outcome.{(name == "Values" ? "ValueOr(…)" : "Failure")})', or '.Rethrow()' to fail with its error."
                        : $"{name}() is for an array of outcomes, and '{left}' gives {CodeNames.Of(ends.Out)}: use '.MapOutcomes()' in place of '.Map()', so that errors become part of the payload.");
                break;
            case "With" when call.ArgumentList.Arguments.Count == 1 && call.ArgumentList.Arguments[0].Expression is var value && TypeOf(context, value) is { } given && !Fixes.Converts(given, ends.In, context.Compilation):
                Report(context, value, $"'{left}' takes {CodeNames.Of(ends.In)}, but With gives it '{CodeNames.Of(value)}', which is {CodeNames.Of(given)}: give it {CodeNames.Of(ends.In)}, such as a member of '{CodeNames.Of(value)}'.");
                break;
            case "Wait" or "WaitUntil" when call.ArgumentList.Arguments.Count > 0 && call.ArgumentList.Arguments[0].Expression is LambdaExpressionSyntax { ExpressionBody: { } time } && TypeOf(context, time) is { } taken:
                Report(context, time, $"{name} takes {(name == "Wait" ? "a number of seconds (int) or a TimeSpan" : "a DateTimeOffset")}, but '{CodeNames.Of(time)}' is {CodeNames.Of(taken)}: {TimeFix(name, time, taken)}.");
                break;
            case "RepeatUntil" or "RepeatWhile" when !SymbolEqualityComparer.Default.Equals(ends.In, ends.Out):
                Report(
                    context,
                    member.Name,
                    $"{name} gives what '{left}' gave to it again, but it takes {CodeNames.Of(ends.In)} and gives {CodeNames.Of(ends.Out)}: let it give {CodeNames.Of(ends.In)}, for example with '.Select(…)', or use PollUntil, which calls it with the same input again.");
                break;
        }
    }

    static readonly HashSet<string> Names = new(StringComparer.Ordinal) { "When", "Catch", "Case", "Default", "CompensateWith", "Finally", "RepeatUntil", "RepeatWhile", "Values", "Failures", "With", "Wait", "WaitUntil", "MapEach", "MapBatches", "Then", "ContinueWith", "AndThen", "Pipe", "Map", "Select" };

    static string TimeFix(string name, ExpressionSyntax time, ITypeSymbol type) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T ? $"say what is taken where it is null, as in '{CodeNames.Of(time)} ?? …'"
        : name == "WaitUntil" ? "let the payload hold a DateTimeOffset, or use '.Wait(…)' for a duration"
        : type.Name is "DateTime" or "DateTimeOffset" ? "use '.WaitUntil(…)' for a moment"
        : $"write '(int){(time is IdentifierNameSyntax or MemberAccessExpressionSyntax ? CodeNames.Of(time) : $"({CodeNames.Of(time)})")}', or let the payload hold a TimeSpan";

    static (ExpressionSyntax Flow, ITypeSymbol Taken)? Flow(SyntaxNodeAnalysisContext context, InvocationExpressionSyntax call, OrkestraTypes types) =>
        call.ArgumentList.Arguments.Count > 0 && call.ArgumentList.Arguments[0].Expression is var flow && types.EndsOf(TypeOf(context, flow)) is { } ends ? (flow, ends.In) : null;

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
        if (((MemberAccessExpressionSyntax)call.Expression).Name is not GenericNameSyntax)
        {
            Report(context, ((MemberAccessExpressionSyntax)call.Expression).Name, $"A Catch says which exception it is for: write '.Catch<Exception>({CodeNames.Of(handler)})' for every one.");
            return;
        }

        if (!Fixes.Converts(failure, ends.In, context.Compilation) && ends.In is not INamedTypeSymbol { IsGenericType: true })
        {
            Report(context, handler, $"The handler '{CodeNames.Of(handler)}' takes {CodeNames.Of(ends.In)}, but a Catch gives it a Failure: let it take Failure (or object?).");
            return;
        }

        if (!Fixes.Converts(ends.Out, given, context.Compilation))
            Report(context, handler, $"The handler '{CodeNames.Of(handler)}' gives {CodeNames.Of(ends.Out)}, but takes the place of '{left}', which gives {CodeNames.Of(given)}: let it give {CodeNames.Of(given)}, for example with '.Select(…)'.");
    }

    internal static bool Takes(SyntaxNodeAnalysisContext context, ExpressionSyntax branch, ITypeSymbol taken, ITypeSymbol given, string left, OrkestraTypes types)
    {
        if (Fixes.Converts(given, taken, context.Compilation)) return true;
        var name = CodeNames.Of(branch);
        context.ReportDiagnostic(Diagnostic.Create(
            EdgeRules.Misfit, branch.GetLocation(), name, CodeNames.Of(taken), left, CodeNames.Of(given), Fixes.Of(left, given, name, taken, types, context.Compilation)));
        return false;
    }

    internal static ExpressionSyntax? Argument(SeparatedSyntaxList<ArgumentSyntax> arguments, string name, int position)
    {
        foreach (var argument in arguments)
        {
            if (argument.NameColon?.Name.Identifier.ValueText == name) return argument.Expression;
        }

        return position < arguments.Count && arguments[position].NameColon is null ? arguments[position].Expression : null;
    }

    internal static ITypeSymbol? TypeOf(SyntaxNodeAnalysisContext context, ExpressionSyntax expression) => context.SemanticModel.GetTypeInfo(expression, context.CancellationToken).Type;

    internal static void Report(SyntaxNodeAnalysisContext context, ExpressionSyntax where, string sentence) =>
        context.ReportDiagnostic(Diagnostic.Create(EdgeRules.WrongBranches, where.GetLocation(), sentence));
}
