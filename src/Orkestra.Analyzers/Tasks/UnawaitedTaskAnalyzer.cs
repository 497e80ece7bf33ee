using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Orkestra.Analyzers.Payloads;

namespace Orkestra.Analyzers.Tasks;

/// <summary>A step is done when its function returns: what it has begun and not awaited is stopped with the function, and its errors are lost.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class UnawaitedTaskAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor Unawaited = Rule.Warning(
        "ORK022", "A step does not wait for what it begins", "The step '{0}' is done before '{1}' is, whose errors are lost, and a function is stopped when its step is done: {2}");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Unawaited, ProcessCalls.Blocking, ProcessCalls.Bound, PayloadRules.Task];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types) =>
        context.RegisterOperationAction(operation => Analyze(operation, types), StepBody.Kinds);

    static void Analyze(OperationAnalysisContext context, OrkestraTypes types)
    {
        if (StepCreation.Of(context.Operation, types) is { Function: IMethodReferenceOperation { Method: { IsAsync: true, ReturnsVoid: true } method } function } made)
        {
            Report(context, made.Name, function.Syntax, method.Name, $"let '{method.Name}' return Task");
            return;
        }

        if (StepBody.Of(context, types) is not { Body: var body, Name: var name } step) return;
        var isDeployed = step.IsDeployed(context, types);
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in body.Descendants())
        {
            TaskTexts.Analyze(context, operation);
            if (BegunBy(operation, body, isDeployed) is { } call)
                Report(context, name, call.Syntax, CollectedTasks.NameOf(call), $"write 'await {CodeNames.Of((ExpressionSyntax)call.Syntax)};' in {step.Async}");
            else if (CollectedTasks.Of(operation, body, step, isDeployed) is { } collected)
                Report(context, name, collected.Where, collected.Name, collected.Fix);
            else if (operation is IInvocationOperation { TargetMethod: { IsAsync: true, ReturnsVoid: true } target } begun)
                Report(context, name, begun.Syntax, target.Name, $"let '{target.Name}' return Task, and await it");
            else if (operation is IAnonymousFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: true } } inner)
                Report(context, name, inner.Syntax, CodeNames.Of((ExpressionSyntax)inner.Syntax), "call it in a 'foreach' with 'await', or write 'await Task.WhenAll(….Select(async … => …));'");
            else if (StartedBy(operation, body) is { } started)
                Report(context, name, operation.Syntax, started, $"write 'await Task.Run(…);' in {step.Async}");
            else if (isDeployed)
                ProcessCalls.Analyze(context, step, operation, body);

            if (CalledFunctions.CalledBy(operation, step.Owner, context.CancellationToken) is not { } called || called.Body.Syntax == body.Syntax || !said.Add(called.Name)) continue;
            if (called.Body.Descendants().Select(part => BegunIn(part, called.Body, step, isDeployed)).FirstOrDefault(static one => one is not null) is not { } inside) continue;
            Report(context, name, operation.Syntax, inside, $"let '{called.Name}', which begins it, await it"
                + (OrkestraTypes.IsTask(operation.Type) ? "" : $" and return a task, and write 'await {CodeNames.Of((ExpressionSyntax)operation.Syntax)}' in {step.Async}"));
        }
    }

    // What a method begins that the step calls.
    static string? BegunIn(IOperation operation, IOperation body, StepBody step, bool isDeployed)
    {
        if (BegunBy(operation, body, isDeployed) is { } call) return CollectedTasks.NameOf(call);
        if (operation is IInvocationOperation { TargetMethod: { IsAsync: true, ReturnsVoid: true } target }) return target.Name;
        return CollectedTasks.Of(operation, body, step, isDeployed)?.Name ?? (StartedBy(operation, step.Body) is null ? null : StartedBy(operation, body));
    }

    // Who writes `_ = …` knows that nothing waits, but mostly not that a function is stopped.
    static IInvocationOperation? BegunBy(IOperation operation, IOperation body, bool isDeployed)
    {
        var call = operation switch
        {
            IExpressionStatementOperation { Operation: IInvocationOperation statement } => statement,
            IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: IDiscardOperation, Value: IInvocationOperation discarded } } when isDeployed => discarded,
            IVariableDeclaratorOperation { Symbol: var local, Initializer.Value: IInvocationOperation kept } when IsBegun(kept) && !IsRead(local, body) => kept,
            _ => null,
        };
        return call is not null && IsBegun(call) ? call : null;
    }

    static bool IsBegun(IInvocationOperation call) =>
        OrkestraTypes.IsTask(call.Type) || (call.TargetMethod.Name == "ConfigureAwait" && OrkestraTypes.IsTask(call.Instance?.Type));

    // Work of another thread, unless something waits for that thread.
    static string? StartedBy(IOperation operation, IOperation body) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "Start", ContainingType: { Name: "Thread", ContainingNamespace.Name: "Threading" } } } when !body.Descendants().Any(static one => one is IInvocationOperation { TargetMethod.Name: "Join" or "Wait" or "WaitOne" }) => "the thread",
        IInvocationOperation { TargetMethod: { Name: "QueueUserWorkItem" or "UnsafeQueueUserWorkItem", ContainingType: { Name: "ThreadPool", ContainingNamespace.Name: "Threading" } } } when !body.Descendants().Any(static one => one is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "Wait" or "WaitOne" }) => "the work item",
        _ => null,
    };

    static bool IsRead(ILocalSymbol local, IOperation body) =>
        body.Descendants().Any(operation => operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local));

    static void Report(OperationAnalysisContext context, string? step, SyntaxNode where, string what, string fix) =>
        context.ReportDiagnostic(Diagnostic.Create(Unawaited, where.GetLocation(), step ?? "", what, fix));
}
