using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Results;

/// <summary>
/// Functions that no step can call. One without a result is taken for a step of Nothing alone, and for another step the constructor throws; of the others the compiler says only that they can't be converted.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class MissingResultAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor Missing = Rule.Error(
        "ORK021",
        "A step's function does not fit",
        "{0}");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Missing];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types)
    {
        context.RegisterOperationAction(operation => Analyze(operation, types), OperationKind.ObjectCreation);
        // What does not compile; in code that does there is nothing to look at.
        context.RegisterOperationAction(operation => FunctionMisfits.Analyze(operation, types), OperationKind.Invalid);
    }

    static void Analyze(OperationAnalysisContext context, OrkestraTypes types)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!types.IsStep(creation.Type) || creation.Constructor is not { Parameters: { Length: > 0 } parameters } || ((INamedTypeSymbol)creation.Type!).TypeArguments is not { Length: 2 } ends) return;
        if (ends[1] is { SpecialType: SpecialType.System_Object } or { Name: "Nothing" } || parameters[0].Type is not INamedTypeSymbol { DelegateInvokeMethod: { } invoke }) return;
        var isTask = invoke.ReturnType is INamedTypeSymbol { Name: "Task", TypeArguments.IsEmpty: true };
        if (!isTask && !invoke.ReturnsVoid || StepCreation.Of(creation, types) is not { } step) return;
        if (isTask && step.Function is IMethodReferenceOperation { Method: { ReturnType: INamedTypeSymbol { TypeArguments: { Length: 1 } given } } method })
        {
            context.ReportDiagnostic(Diagnostic.Create(Missing, step.Function.Syntax.GetLocation(), FunctionMisfits.Result($"'{method.Name}'", given[0], ends[1])));
            return;
        }

        var what = isTask ? $"await the task and return {CodeNames.Of(ends[1])}" : $"return {CodeNames.Of(ends[1])}";
        context.ReportDiagnostic(Diagnostic.Create(
            Missing,
            Where(step.Function?.Syntax ?? creation.Syntax),
            $"The step '{step.Name}' is to give {CodeNames.Of(ends[1])}, but its function gives no value: {what}, or declare the step as Step<{CodeNames.Of(ends[0])}, Nothing>"));
    }

    // The expression that gives no value; of a lambda with statements what stands before them.
    static Location Where(SyntaxNode function) => function switch
    {
        LambdaExpressionSyntax { ExpressionBody: { } expression } => expression.GetLocation(),
        LambdaExpressionSyntax lambda => lambda.ArrowToken.GetLocation(),
        _ => function.GetLocation(),
    };
}
