using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.Timeouts;

/// <summary>Timeouts that another one always comes before.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class TimeoutAnalyzer : OrkestraAnalyzer
{
    // What a step's function is given when neither the step nor the stack says anything else, and the most Lambda gives.
    static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public static readonly DiagnosticDescriptor LongerThanFunction = Rule.Warning(
        "ORK011", "A step's timeout is longer than its function's", "The step '{0}' has a timeout of {1}, but its function is stopped after {2}{3}");

    public static readonly DiagnosticDescriptor LongerThanWorkflow = Rule.Warning(
        "ORK012",
        "Retries outlast the workflow's timeout",
        "The step '{0}' may take {1} ({2} × {3} and the waits between), but the workflow ends after {4}: shorten the step's timeout or its retries, or give the workflow more time");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LongerThanFunction, LongerThanWorkflow];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types)
    {
        context.RegisterSyntaxNodeAction(node => AnalyzeAssignment(node, types), SyntaxKind.SimpleAssignmentExpression);
        context.RegisterSyntaxNodeAction(node => AnalyzeCall(node, types), SyntaxKind.InvocationExpression);
        context.RegisterSyntaxNodeAction(node => AnalyzeWorkflow(node, types), SyntaxKind.MethodDeclaration);
    }

    // new Step<…>(…) { Timeout = … }
    static void AnalyzeAssignment(SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        var assignment = (AssignmentExpressionSyntax)context.Node;
        if (assignment is not { Left: IdentifierNameSyntax { Identifier.ValueText: "Timeout" }, Parent: InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation } }) return;
        if (Durations.Of(assignment.Right) is not { } timeout || timeout <= Longest || StepSettings.RunsElsewhere(creation) || !types.IsStep(context.SemanticModel.GetTypeInfo(creation, context.CancellationToken).Type)) return;
        var name = creation.FirstAncestorOrSelf<VariableDeclaratorSyntax>()?.Identifier.ValueText ?? creation.FirstAncestorOrSelf<PropertyDeclarationSyntax>()?.Identifier.ValueText ?? "";
        context.ReportDiagnostic(Diagnostic.Create(
            LongerThanFunction, assignment.Right.GetLocation(), name, Durations.Text(timeout), Durations.Text(Longest), ", the most Lambda allows: split the work into several steps, or wait with 'Wait.For'"));
    }

    // step.Timeout(…)
    static void AnalyzeCall(SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call is not { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Timeout", Expression: var receiver }, ArgumentList.Arguments.Count: 1 }) return;
        if (Durations.Of(call.ArgumentList.Arguments[0].Expression) is not { } timeout || StepOf(receiver) is not { } reference) return;
        var symbol = context.SemanticModel.GetSymbolInfo(reference, context.CancellationToken).Symbol;
        if (!types.IsStep(OrkestraTypes.TypeOf(symbol)) || StepSettings.Of(symbol, context.CancellationToken) is not { IsFunction: true } settings) return;
        var (limit, fix) = settings switch
        {
            { Timeout: { } own } => (own, $", as the step's own Timeout says: set '{{ Timeout = … }}' of '{symbol!.Name}' to the longer time"),
            { SetsTimeout: false } => (Usual, $" when nothing else is said: set '{{ Timeout = … }}' of '{symbol!.Name}' instead, which is the function's too"),
            _ => (TimeSpan.MaxValue, ""),
        };
        if (timeout > limit)
            context.ReportDiagnostic(Diagnostic.Create(LongerThanFunction, call.ArgumentList.Arguments[0].GetLocation(), symbol!.Name, Durations.Text(timeout), Durations.Text(limit), fix));
    }

    static void AnalyzeWorkflow(SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        var define = (MethodDeclarationSyntax)context.Node;
        if (define.Identifier.ValueText != "Define" || define.ParameterList.Parameters.Count > 0 || define.Parent is not TypeDeclarationSyntax type) return;
        if (context.ContainingSymbol is not IMethodSymbol { ContainingType: var workflow } || !types.IsWorkflow(workflow)) return;
        if (TimeoutOf(type) is not { } limit) return;
        foreach (var name in define.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            var symbol = context.SemanticModel.GetSymbolInfo(name, context.CancellationToken).Symbol;
            if (!types.IsStep(OrkestraTypes.TypeOf(symbol)) || StepSettings.Of(symbol, context.CancellationToken) is not { Timeout: { } timeout } settings) continue;
            var retries = Guard(name) ?? settings.Retry;
            var total = retries.Total(timeout);
            if (total > limit)
                context.ReportDiagnostic(Diagnostic.Create(
                    LongerThanWorkflow, name.GetLocation(), symbol!.Name, Durations.Text(total), retries.MaxAttempts + 1, Durations.Text(timeout), Durations.Text(limit)));
        }
    }

    static TimeSpan? TimeoutOf(TypeDeclarationSyntax type)
    {
        foreach (var member in type.Members)
        {
            if (member is PropertyDeclarationSyntax { Identifier.ValueText: "Timeout" } property && property.Modifiers.Any(SyntaxKind.OverrideKeyword))
                return Durations.Of(property.ExpressionBody?.Expression ?? property.Initializer?.Value);
        }

        return null;
    }

    // The retries written behind a step: a.Retry(3).
    static Retries? Guard(SimpleNameSyntax step)
    {
        ExpressionSyntax current = step;
        if (current.Parent is MemberAccessExpressionSyntax { Name: var own } qualified && own == step) current = qualified;
        while (current.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == current)
        {
            if (access.Name.Identifier.ValueText == "Retry") return Retries.Of(call.ArgumentList);
            current = call;
        }

        return null;
    }

    static ExpressionSyntax? StepOf(ExpressionSyntax receiver)
    {
        while (receiver is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Retry" or "Catch" } guard }) receiver = guard.Expression;
        return receiver is IdentifierNameSyntax or MemberAccessExpressionSyntax ? receiver : null;
    }
}
