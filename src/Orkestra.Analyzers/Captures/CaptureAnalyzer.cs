using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Captures;

/// <summary>A step's function runs in a process of its own, so what it shares with the code around is not shared there.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class CaptureAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor Captured = Rule.Warning(
        "ORK003", "A step's function uses state from outside", "The function of step '{0}' {1}. When deployed, each step runs in its own process, so this state is not shared. {2}");

    const string takeIt = "Pass the value in the payload, or take a service from the StepContext ('(input, context) => context.Services…') or with Step.Handled.";

    const string keepIt = "Pass the value in the payload, or keep it where each process finds it, such as in a database.";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Captured];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types) =>
        context.RegisterOperationAction(operation => Analyze(operation, types), StepBody.Kinds);

    static void Analyze(OperationAnalysisContext context, OrkestraTypes types)
    {
        if (StepBody.Of(context, types) is not { Body: var body } step || !step.IsDeployed(context, types)) return;
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in body.Descendants())
        {
            var what = (step.IsHandler ? SharedState.ChangedBy(operation) ?? HandlerFields.ChangedBy(operation, body, step, context.CancellationToken) : What(operation, body))
                ?? (types.IsOfTests ? null : SharedState.RecordedBy(operation))
                ?? CalledChanges.Of(operation, step, types, context)
                ?? ProcessValues.Of(operation, step, types, context.CancellationToken);
            if (what is null || !said.Add(what)) continue;
            context.ReportDiagnostic(Diagnostic.Create(Captured, operation.Syntax.GetLocation(), step.Name, what, step.IsHandler ? keepIt : takeIt));
        }
    }

    static string? What(IOperation operation, IOperation body)
    {
        switch (operation)
        {
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } instance:
                return instance.Parent is IMemberReferenceOperation { Member.Name: var member } ? $"uses '{member}' of the object around it" : "uses the object around it";
            case IInstanceReferenceOperation:
                return null;
            case IParameterReferenceOperation { Parameter: var parameter } when IsOutside(parameter, body) && IsShared(parameter.Type, parameter, body):
                return $"uses the parameter '{parameter.Name}' of the code around it";
            case ILocalReferenceOperation { Local: { IsConst: false } local } when IsOutside(local, body) && IsShared(local.Type, local, body):
                return $"uses the variable '{local.Name}' of the code around it";
            default:
                return SharedState.ChangedBy(operation);
        }
    }

    static bool IsOutside(ISymbol symbol, IOperation body) =>
        symbol.DeclaringSyntaxReferences.FirstOrDefault() is { } reference && !(reference.SyntaxTree == body.Syntax.SyntaxTree && body.Syntax.Span.Contains(reference.Span));

    // A value that never changes is the same wherever the workflow is composed again.
    static bool IsShared(ITypeSymbol type, ISymbol symbol, IOperation body)
    {
        var isValue = type.IsValueType || type.SpecialType == SpecialType.System_String || type.TypeKind is TypeKind.Delegate or TypeKind.TypeParameter || type is { IsRecord: true } or { Name: "Uri" or "Type" };
        return !isValue || IsWritten(symbol, body);
    }

    static bool IsWritten(ISymbol symbol, IOperation body)
    {
        var root = body;
        while (root.Parent is { } parent) root = parent;
        foreach (var operation in root.Descendants())
        {
            var reference = operation switch
            {
                ILocalReferenceOperation local => (ISymbol)local.Local,
                IParameterReferenceOperation parameter => parameter.Parameter,
                _ => null,
            };
            if (reference is not null && SymbolEqualityComparer.Default.Equals(reference, symbol) && SharedState.IsWritten(operation)) return true;
        }

        return false;
    }
}
