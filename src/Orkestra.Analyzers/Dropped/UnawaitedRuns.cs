using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Dropped;

/// <summary>Runs that nothing waits for: a test passes before its run has begun. In async methods the compiler says it.</summary>
internal static class UnawaitedRuns
{
    public static readonly DiagnosticDescriptor Unawaited = Rule.Warning(
        "ORK035",
        "A run is not awaited",
        "Nothing waits for '{0}', so what goes wrong in it is not seen: write 'await {0};' in a method that is async and returns Task");

    public static void Analyze(OperationAnalysisContext context)
    {
        if (context.Operation is not IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: { Name: "RunAsync" or "StartAsync" or "ExecuteAsync" } method } call } || !OrkestraTypes.IsTask(call.Type)) return;
        if (method.ContainingType is { Name: "OrkestraHost" } || method.ContainingAssembly?.Name.StartsWith("Orkestra", StringComparison.Ordinal) != true || IsAsync(context)) return;
        context.ReportDiagnostic(Diagnostic.Create(Unawaited, call.Syntax.GetLocation(), CodeNames.Of((ExpressionSyntax)call.Syntax)));
    }

    static bool IsAsync(OperationAnalysisContext context)
    {
        for (var operation = context.Operation.Parent; operation is not null; operation = operation.Parent)
        {
            if (operation is IAnonymousFunctionOperation { Symbol.IsAsync: var isAsync }) return isAsync;
            if (operation is ILocalFunctionOperation { Symbol.IsAsync: var isLocal }) return isLocal;
        }

        return context.ContainingSymbol is IMethodSymbol { IsAsync: true };
    }
}
