using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Tasks;

/// <summary>Calls by which a step holds its thread, or that need a process of its own with a console.</summary>
internal static class ProcessCalls
{
    public static readonly DiagnosticDescriptor Blocking = Rule.Info(
        "ORK027", "A step blocks its thread", "The step '{0}' blocks its thread with '{1}': {2}");

    public static readonly DiagnosticDescriptor Bound = Rule.Warning(
        "ORK028", "A step ends its process or reads its console", "The step '{0}' calls '{1}', {2}");

    public static void Analyze(OperationAnalysisContext context, StepBody step, IOperation operation, IOperation body)
    {
        switch (operation)
        {
            case IPropertyReferenceOperation { Property.Name: "Result", Instance: { } ended } when IsContinued(ended):
            case IInvocationOperation { TargetMethod.Name: "Wait", Instance: { } waited } when IsContinued(waited):
            case IInvocationOperation { TargetMethod.Name: "GetResult", Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } read } } when IsContinued(read):
                break;
            case IPropertyReferenceOperation { Property: { Name: "Result", ContainingType: { } type }, Instance: { } task } when OrkestraTypes.IsTask(type) && !IsAwaitedBefore(body):
                Block($"write 'await {Text(task)}' in {step.Async}");
                break;
            case IInvocationOperation { TargetMethod.Name: "Wait", Instance: { } task } when OrkestraTypes.IsTask(task.Type):
                Block($"write 'await {Text(task)};' in {step.Async}");
                break;
            case IInvocationOperation { TargetMethod: { Name: "GetResult", ContainingType: { ContainingNamespace.Name: "CompilerServices" } awaiter }, Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task } } when awaiter.Name.EndsWith("Awaiter", StringComparison.Ordinal):
                Block($"write 'await {Text(task)}' in {step.Async}");
                break;
            case IInvocationOperation { TargetMethod: { Name: "WaitAll" or "WaitAny", ContainingType: { } type } method } when OrkestraTypes.IsTask(type):
                Block($"write 'await Task.{(method.Name == "WaitAll" ? "WhenAll" : "WhenAny")}(…);' in {step.Async}");
                break;
            case IInvocationOperation { TargetMethod: { Name: "Sleep", ContainingType.Name: "Thread" } }:
                Block($"pause between two steps with 'Wait.For(…)', for which nothing is paid, or write 'await Task.Delay(…);' in {step.Async}");
                break;
            case IInvocationOperation { TargetMethod: { Name: "Exit" or "FailFast", ContainingType.Name: "Environment" } }:
            case IInvocationOperation { TargetMethod: { Name: "Kill", ContainingType.Name: "Process" }, Instance: IInvocationOperation { TargetMethod.Name: "GetCurrentProcess" } }:
                Report(Bound, "which ends the process with all that runs in it, and the run does not learn why: throw an exception, or end the workflow with 'Flow.Fail'");
                break;
            case IInvocationOperation { TargetMethod: { Name: "ReadLine" or "Read" or "ReadKey", ContainingType.Name: "Console" } }:
            case IInvocationOperation { TargetMethod.Name: "Read" or "ReadLine" or "ReadToEnd" or "ReadAsync" or "ReadLineAsync" or "ReadToEndAsync", Instance: IPropertyReferenceOperation { Property: { Name: "In", ContainingType.Name: "Console" } } }:
                Report(Bound, "but a deployed function has no console to read: take the value from the input, or wait for an answer with '.WaitForCallback'");
                break;
        }

        void Block(string fix) => Report(Blocking, fix);

        void Report(DiagnosticDescriptor rule, string text) =>
            context.ReportDiagnostic(Diagnostic.Create(rule, operation.Syntax.GetLocation(), step.Name, Text(operation), text));
    }

    static string Text(IOperation operation) => operation.Syntax is ExpressionSyntax expression ? CodeNames.Of(expression) : operation.Syntax.ToString();

    // What ContinueWith calls is given the task when it has ended.
    static bool IsContinued(IOperation task) => task is IParameterReferenceOperation { Parameter: { Ordinal: 0, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } function } }
        && FunctionOf(task, function) is { Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "ContinueWith", ContainingType: { } type } } } } }
        && OrkestraTypes.IsTask(type);

    static IOperation? FunctionOf(IOperation operation, IMethodSymbol function)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation { Symbol: var symbol } && SymbolEqualityComparer.Default.Equals(symbol, function)) return current;
        }

        return null;
    }

    // After `await Task.WhenAll(a, b)` the results are there.
    static bool IsAwaitedBefore(IOperation body) => body.Descendants().Any(static operation => operation is IAwaitOperation { Operation: IInvocationOperation { TargetMethod.Name: "WhenAll" or "WhenAny" } or ILocalReferenceOperation });
}
