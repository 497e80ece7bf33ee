using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.Edges;

/// <summary>Queries over flows with what flows don't have: the compiler says only that it finds no method.</summary>
internal static class QueryMisfits
{
    public static void Analyze(SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        var query = (QueryExpressionSyntax)context.Node;
        if (!types.IsFlow(TypeOf(context, query.FromClause.Expression))) return;
        foreach (var clause in query.Body.Clauses)
        {
            switch (clause)
            {
                case WhereClauseSyntax where:
                    Report(context, where.WhereKeyword, "A query over flows has no 'where': choose what runs with '.When(…)' or '.Switch(…)' on a flow, or filter an array in a 'let'.");
                    break;
                case OrderByClauseSyntax order:
                    Report(context, order.OrderByKeyword, "A query over flows has no 'orderby', because each flow gives one value: order an array in a 'let' or in the 'select'.");
                    break;
                case JoinClauseSyntax join:
                    Report(context, join.JoinKeyword, $"A query over flows has no 'join': write 'from {join.Identifier.ValueText} in {CodeNames.Of(join.InExpression)}.With(…)'.");
                    break;
                case FromClauseSyntax from when types.EndsOf(TypeOf(context, from.Expression)) is { } ends && ends.In.Name != "Nothing":
                    var given = query.FromClause.Identifier.ValueText;
                    Report(context, from.Expression.GetLocation(), $"'{CodeNames.Of(from.Expression)}' takes {CodeNames.Of(ends.In)}, and a query says what each flow after the first one is given: write '{CodeNames.Of(from.Expression)}.With({given})'.");
                    break;
            }
        }

        if (query.Body.SelectOrGroup is GroupClauseSyntax group)
            Report(context, group.GroupKeyword, "A query over flows has no 'group', because each flow gives one value: group an array in a 'let', and end the query with 'select'.");
    }

    static ITypeSymbol? TypeOf(SyntaxNodeAnalysisContext context, ExpressionSyntax expression) => context.SemanticModel.GetTypeInfo(expression, context.CancellationToken).Type;

    static void Report(SyntaxNodeAnalysisContext context, SyntaxToken where, string sentence) => Report(context, where.GetLocation(), sentence);

    static void Report(SyntaxNodeAnalysisContext context, Location where, string sentence) => context.ReportDiagnostic(Diagnostic.Create(EdgeRules.NoFlow, where, sentence));
}
