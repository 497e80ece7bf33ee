using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.Edges;

/// <summary>A chain that fits in itself and not where it stands: <c>Define()</c> promises other ends.</summary>
internal static class ResultMisfit
{
    public static void Analyze(SyntaxNodeAnalysisContext context, BinaryExpressionSyntax whole, TypeInfo type, OrkestraTypes types)
    {
        if (!OrkestraTypes.IsOf(type.Type, types.Flow) || !OrkestraTypes.IsOf(type.ConvertedType, types.Flow)) return;
        if (SymbolEqualityComparer.Default.Equals(type.Type, type.ConvertedType)) return;
        var (ends, wanted) = (types.EndsOf(type.Type)!.Value, types.EndsOf(type.ConvertedType)!.Value);
        var operators = Chain.Operators(whole);
        if (!SymbolEqualityComparer.Default.Equals(ends.In, wanted.In))
        {
            var first = operators[0].Left;
            context.ReportDiagnostic(Diagnostic.Create(
                EdgeRules.WrongBranches,
                first.GetLocation(),
                $"The chain is to take {CodeNames.Of(wanted.In)}, but begins with '{CodeNames.Of(Chain.Bare(first))}', which takes {CodeNames.Of(ends.In)}: begin with a step over {CodeNames.Of(wanted.In)} "
                + $"(or Flow.Input<{CodeNames.Of(wanted.In)}>().Select(…)), or declare Flow<{CodeNames.Of(ends.In)}, …>."));
        }

        if (!SymbolEqualityComparer.Default.Equals(ends.Out, wanted.Out))
        {
            var last = operators[operators.Count - 1].Right;
            context.ReportDiagnostic(Diagnostic.Create(
                EdgeRules.WrongBranches,
                last.GetLocation(),
                $"The chain is to give {CodeNames.Of(wanted.Out)}, but ends with '{CodeNames.Of(Chain.Bare(last))}', after which it gives {CodeNames.Of(ends.Out)}: end with a step that gives {CodeNames.Of(wanted.Out)} "
                + $"or with '.Select(…)', or declare Flow<…, {CodeNames.Of(ends.Out)}>."));
        }
    }
}
