using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.Edges;

/// <summary>Flows over a dataset: one row at a time, or an array of them.</summary>
internal static class DatasetMisfits
{
    public static void Analyze(SyntaxNodeAnalysisContext context, InvocationExpressionSyntax call, MemberAccessExpressionSyntax member, OrkestraTypes types)
    {
        var arguments = call.ArgumentList.Arguments;
        var (flow, source) = (member.Expression, arguments.Count > 0 ? arguments[0].Expression : null);
        if (types.EndsOf(CallMisfits.TypeOf(context, flow)) is null) (flow, source) = arguments.Count > 1 ? (arguments[0].Expression, arguments[1].Expression) : (flow, null);
        if (source is null || types.EndsOf(CallMisfits.TypeOf(context, flow)) is not { } ends) return;
        if (CallMisfits.TypeOf(context, source) is not INamedTypeSymbol { Name: "ItemSource", TypeArguments: { Length: 2 } items }) return;
        var row = items[1];
        var (name, isBatch) = (CodeNames.Of(flow), member.Name.Identifier.ValueText == "MapBatches");
        var (one, many) = (Fixes.Converts(row, ends.In, context.Compilation), ends.In is IArrayTypeSymbol { ElementType: var element } && Fixes.Converts(row, element, context.Compilation));
        if (isBatch ? many : one) return;
        var given = isBatch ? $"{CodeNames.Of(row)}[], the rows of a batch" : $"{CodeNames.Of(row)}, one row";
        var fix = isBatch && one ? $"use '.MapEach(…)', which gives it one row, or let it take {CodeNames.Of(row)}[]"
            : !isBatch && many ? $"use '.MapBatches(…)', which gives it the rows of a batch, or let it take {CodeNames.Of(row)}"
            : $"let it take {CodeNames.Of(row)}{(isBatch ? "[]" : "")}, or read the rows as what it takes";
        CallMisfits.Report(context, flow, $"'{name}' takes {CodeNames.Of(ends.In)}, but {member.Name.Identifier.ValueText} gives it {given}: {fix}.");
    }
}
