using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Frozen;

/// <summary>An expression is read when the workflow is compiled, so it gets the last value of a variable, not the one it was composed with.</summary>
internal static class ChangingVariables
{
    public static readonly DiagnosticDescriptor Changes = Rule.Warning(
        "ORK033",
        "An expression reads a variable that changes",
        "'{0}' changes after this expression is composed, and the expression gets its last value, because it is read when the workflow is compiled: copy it to a variable of its own first, as in 'var own = {0};'");

    public static void Analyze(OperationAnalysisContext context, ILocalReferenceOperation reference, IAnonymousFunctionOperation lambda)
    {
        var local = reference.Local;
        if (local.DeclaringSyntaxReferences.FirstOrDefault() is not { } declaration || lambda.Syntax.Span.Contains(declaration.Span)) return;
        IOperation root = lambda;
        while (root.Parent is { } parent) root = parent;
        foreach (var operation in root.Descendants())
        {
            var target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation change => change.Target,
                _ => null,
            };
            if (target is not ILocalReferenceOperation { Local: var written } || !SymbolEqualityComparer.Default.Equals(written, local)) continue;
            if (operation.Syntax.SpanStart < lambda.Syntax.Span.End && !IsRepeated(operation, lambda, declaration)) continue;
            context.ReportDiagnostic(Diagnostic.Create(Changes, reference.Syntax.GetLocation(), local.Name));
            return;
        }
    }

    // In a loop that holds both, what stands above comes again; the loop's own variable is made once for all rounds of a 'for'.
    static bool IsRepeated(IOperation change, IOperation lambda, SyntaxReference declaration)
    {
        for (var loop = lambda.Parent; loop is not null; loop = loop.Parent)
        {
            if (loop is ILoopOperation { Body: var body } && loop.Syntax.Span.Contains(change.Syntax.Span) && !body.Syntax.Span.Contains(declaration.Span)) return true;
        }

        return false;
    }
}
