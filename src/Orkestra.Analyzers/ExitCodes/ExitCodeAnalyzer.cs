using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.ExitCodes;

/// <summary><c>OrkestraHost.RunAsync</c> gives the process's exit code, which the program returns.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ExitCodeAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor Lost = Rule.Warning(
        "ORK018",
        "The exit code of a run is lost",
        "The program exits with 0 also when the run fails: write 'return await {0};'");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Lost];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types)
    {
        if (types.Host is not null) context.RegisterOperationAction(operation => Analyze(operation, types), OperationKind.Invocation);
    }

    static void Analyze(OperationAnalysisContext context, OrkestraTypes types)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name != "RunAsync" || !OrkestraTypes.IsOf(call.TargetMethod.ContainingType, types.Host)) return;
        IOperation current = call;
        while (current.Parent is IAwaitOperation or IConversionOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "Wait" or "GetAwaiter" or "GetResult" } or IPropertyReferenceOperation { Property.Name: "Result" })
            current = current.Parent;
        var isLost = current.Parent is IExpressionStatementOperation || current.Parent is ISimpleAssignmentOperation { Target: IDiscardOperation };
        if (isLost) context.ReportDiagnostic(Diagnostic.Create(Lost, call.Syntax.GetLocation(), CodeNames.Of((Microsoft.CodeAnalysis.CSharp.Syntax.ExpressionSyntax)call.Syntax)));
    }
}
