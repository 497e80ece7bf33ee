using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.Edges;

/// <summary>A chain or a single flow that fits in itself and not where it stands: <c>Define()</c> promises other ends.</summary>
internal static class ResultMisfit
{
    public static void Analyze(SyntaxNodeAnalysisContext context, BinaryExpressionSyntax whole, TypeInfo type, OrkestraTypes types)
    {
        if (!OrkestraTypes.IsOf(type.Type, types.Flow) || !OrkestraTypes.IsOf(type.ConvertedType, types.Flow)) return;
        if (SymbolEqualityComparer.Default.Equals(type.Type, type.ConvertedType)) return;
        var (ends, wanted) = (types.EndsOf(type.Type)!.Value, types.EndsOf(type.ConvertedType)!.Value);
        if (Fixes.IsUnknown(ends.In, context.Compilation) || Fixes.IsUnknown(ends.Out, context.Compilation)) return;
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

    /// <summary>The same for one that is no chain: a step, or what its methods make.</summary>
    public static void Analyze(SyntaxNodeAnalysisContext context, ExpressionSyntax single, OrkestraTypes types)
    {
        var type = context.SemanticModel.GetTypeInfo(single, context.CancellationToken);
        if (type.Type is null || SymbolEqualityComparer.Default.Equals(type.Type, type.ConvertedType) || !OrkestraTypes.IsOf(type.ConvertedType, types.Flow)) return;
        if (types.EndsOf(type.Type) is not { } ends || Fixes.IsUnknown(ends.In, context.Compilation) || Fixes.IsUnknown(ends.Out, context.Compilation)) return;
        // A call that doesn't compile says less of what it gives than of its arguments.
        if (single is InvocationExpressionSyntax && context.SemanticModel.GetSymbolInfo(single, context.CancellationToken).Symbol is null) return;
        if (context.Compilation.ClassifyConversion(type.Type, type.ConvertedType!).IsImplicit) return;
        var wanted = types.EndsOf(type.ConvertedType)!.Value;
        var name = CodeNames.Of(single);
        List<string> misfits = [];
        List<string> fixes = [];
        if (!SymbolEqualityComparer.Default.Equals(ends.In, wanted.In))
        {
            misfits.Add($"takes {CodeNames.Of(ends.In)} instead of {CodeNames.Of(wanted.In)}");
            fixes.Add($"begin with a step over {CodeNames.Of(wanted.In)} (or Flow.Input<{CodeNames.Of(wanted.In)}>().Select(…))");
        }

        if (!SymbolEqualityComparer.Default.Equals(ends.Out, wanted.Out))
        {
            misfits.Add($"gives {CodeNames.Of(ends.Out)} instead of {CodeNames.Of(wanted.Out)}");
            fixes.Add($"end with a step that gives {CodeNames.Of(wanted.Out)} or with '.Select(…)'");
        }

        if (misfits.Count == 0) return;
        context.ReportDiagnostic(Diagnostic.Create(
            EdgeRules.WrongBranches,
            single.GetLocation(),
            $"'{name}' {string.Join(" and ", misfits)}: {string.Join(" and ", fixes)}, or declare Flow<{CodeNames.Of(ends.In)}, {CodeNames.Of(ends.Out)}>."));
    }

    /// <summary><c>flow >>= step</c>, after which the variable would need another type.</summary>
    public static void AnalyzeAssignment(SyntaxNodeAnalysisContext context, AssignmentExpressionSyntax assignment, OrkestraTypes types)
    {
        if (types.EndsOf(context.SemanticModel.GetTypeInfo(assignment.Left, context.CancellationToken).Type) is not { } ends) return;
        if (types.EndsOf(context.SemanticModel.GetTypeInfo(assignment.Right, context.CancellationToken).Type) is not { } right) return;
        if (!Fixes.Converts(ends.Out, right.In, context.Compilation) || SymbolEqualityComparer.Default.Equals(ends.Out, right.Out)) return;
        context.ReportDiagnostic(Diagnostic.Create(
            EdgeRules.WrongBranches,
            assignment.OperatorToken.GetLocation(),
            $"'{CodeNames.Of(assignment.Left)}' stays a flow that gives {CodeNames.Of(ends.Out)}, but behind '{CodeNames.Of(assignment.Right)}' it gives {CodeNames.Of(right.Out)}: "
            + $"write 'var … = {CodeNames.Of(assignment.Left)} >> {CodeNames.Of(assignment.Right)};' with a new variable."));
    }
}
