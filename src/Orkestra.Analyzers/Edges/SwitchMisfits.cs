using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.Edges;

/// <summary>Cases of a switch that do not fit: what they take is not what is switched over, or they give different types.</summary>
internal static class SwitchMisfits
{
    public static void Analyze(SyntaxNodeAnalysisContext context, InvocationExpressionSyntax call, ITypeSymbol? receiver, OrkestraTypes types)
    {
        if (receiver is not INamedTypeSymbol { ContainingNamespace: { Name: "Branching", ContainingNamespace: { Name: "Authoring", ContainingNamespace.Name: "Orkestra" } } } before) return;
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Count == 0 || CallMisfits.Argument(arguments, "then", arguments.Count - 1) is not { } then || types.EndsOf(CallMisfits.TypeOf(context, then)) is not { } ends) return;
        var isDefault = ((MemberAccessExpressionSyntax)call.Expression).Name.Identifier.ValueText == "Default";
        var subject = before.TypeArguments[1];
        var isOverTypes = !isDefault && (before.Name == "TypeSwitch" || (before is { Name: "SwitchStart", TypeArguments.Length: 2 } && arguments.Count == 1));
        if (isOverTypes ? !Fixes.Converts(ends.In, subject, context.Compilation) : !CallMisfits.Takes(context, then, ends.In, subject, Fixes.Switch, types))
        {
            if (isOverTypes)
                CallMisfits.Report(context, then, $"'{CodeNames.Of(then)}' takes {CodeNames.Of(ends.In)}, which is no {CodeNames.Of(subject)}: a case by type takes a type derived from what is switched over.");
            return;
        }

        if (Value(before, arguments) is var (value, wanted) && CallMisfits.TypeOf(context, value) is { TypeKind: not TypeKind.Error } own && !context.Compilation.ClassifyConversion(own, wanted).IsImplicit)
        {
            CallMisfits.Report(context, value, $"The case '{CodeNames.Of(value)}' is {CodeNames.Of(own)}, but the switch is over {CodeNames.Of(wanted)}: give a value of {CodeNames.Of(wanted)}.");
            return;
        }

        if (before.Name == "SwitchStart" || before.TypeArguments[before.TypeArguments.Length - 1] is not { } result || SymbolEqualityComparer.Default.Equals(result, ends.Out)) return;
        CallMisfits.Report(
            context,
            then,
            $"'{CodeNames.Of(then)}' gives {CodeNames.Of(ends.Out)}, but the cases before it give {CodeNames.Of(result)}: let all cases give one type, for example with '.Select(…)', or with '.As<object?>()' on each.");
    }

    // The value of a case, and the type of what is switched over.
    static (ExpressionSyntax Value, ITypeSymbol Wanted)? Value(INamedTypeSymbol before, SeparatedSyntaxList<ArgumentSyntax> arguments) =>
        arguments.Count < 2 || before is not ({ Name: "SwitchStart", TypeArguments.Length: 3 } or { Name: "ValueSwitch" }) ? null : (arguments[0].Expression, before.TypeArguments[2]);
}
