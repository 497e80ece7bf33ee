using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Dropped;

/// <summary>Methods that end with a run and do not look at it: one that fails gives a result too, and throws nothing. What follows a run may look at what it has done.</summary>
internal static class UncheckedRuns
{
    public static readonly DiagnosticDescriptor Unchecked = Rule.Warning(
        "ORK036",
        "The outcome of a run is not checked",
        "A run that fails throws nothing, and the result of '{0}' is not used, so nothing sees how it ends: {1}");

    public static void Analyze(OperationAnalysisContext context)
    {
        var awaited = context.Operation switch
        {
            IExpressionStatementOperation { Operation: IAwaitOperation statement } => statement,
            IVariableDeclaratorOperation { Initializer.Value: IAwaitOperation kept } => kept,
            _ => null,
        };
        if (awaited is null || ResultOf(awaited) is not { } result || !IsLast(context.Operation)) return;
        var text = CodeNames.Of((ExpressionSyntax)awaited.Operation.Syntax);
        context.ReportDiagnostic(Diagnostic.Create(Unchecked, awaited.Operation.Syntax.GetLocation(), text, result.Name == "TestRun"
            ? $"write '(await {text}).ShouldSucceed();'"
            : "look at 'IsSuccess' of what it gives"));
    }

    static INamedTypeSymbol? ResultOf(IAwaitOperation awaited) =>
        awaited.Operation is IInvocationOperation { TargetMethod.Name: "RunAsync" }
        && awaited.Type is INamedTypeSymbol { Name: "TestRun" or "ExecutionResult" or "WorkflowResult", ContainingAssembly.Name: var assembly } result
        && assembly.StartsWith("Orkestra", StringComparison.Ordinal) ? result : null;

    static bool IsLast(IOperation operation)
    {
        var statement = StepCreation.StatementOf(operation);
        return statement.Parent is IBlockOperation { Parent: IMethodBodyOperation } body && body.Operations.LastOrDefault(static one => !one.IsImplicit || one is IExpressionStatementOperation) == statement;
    }
}
