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
        context.RegisterOperationAction(operation => Analyze(operation, types), StepFunction.Kinds);

    static void Analyze(OperationAnalysisContext context, OrkestraTypes types)
    {
        if (StepFunction.Of(context, types) is not { Body: var body } step || !step.IsDeployed(context, types)) return;
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in body.Descendants())
        {
            var what = (step.IsHandler ? Shared(operation) ?? HandlerFields.ChangedBy(operation, body, step, context.CancellationToken) : What(operation, body)) ?? ChangedBy(operation, step, context.CancellationToken)
                ?? (ProcessValues.ReadBySeveral(operation, step, types, context.CancellationToken) is { } member ? $"reads '{member.Name}', as another step does, and its value is different in each process" : null);
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
                return Shared(operation);
        }
    }

    static string? Shared(IOperation operation)
    {
        switch (operation)
        {
            case IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: false, IsConst: false } field } when IsWritten(operation) && !IsKept(operation):
                return $"changes the static field '{field.Name}'";
            case IPropertyReferenceOperation { Property: { IsStatic: true, SetMethod: not null } property } when IsWritten(operation) && property.DeclaringSyntaxReferences.Length > 0:
                return $"changes the static property '{property.Name}'";
            case IInvocationOperation { Instance: IFieldReferenceOperation { Field: { IsStatic: true } field }, TargetMethod: var method } when IsCollection(field.Type) && CollectionChanges.Include(method) && !IsLocked(operation):
                return $"changes the static collection '{field.Name}'";
            case IPropertyReferenceOperation { Instance: IFieldReferenceOperation { Field: { IsStatic: true } field }, Property.IsIndexer: true } when IsCollection(field.Type) && IsWritten(operation) && !IsLocked(operation):
                return $"changes the static collection '{field.Name}'";
            default:
                return null;
        }
    }

    // What a method of the same class counts or collects. One that sets a field mostly keeps what it made, as a cache.
    static string? ChangedBy(IOperation operation, StepFunction step, CancellationToken cancellation)
    {
        if (operation is not IInvocationOperation { TargetMethod: { MethodKind: MethodKind.Ordinary } method } call || IsLocked(operation)) return null;
        if (!(method.IsStatic || step.IsHandler) || !SymbolEqualityComparer.Default.Equals(method.ContainingType, step.Owner)) return null;
        if (CalledFunctions.BodyOf(method, call.SemanticModel, cancellation) is not { } called) return null;
        if (step.IsHandler && HandlerFields.ChangedBy(call, called, step, cancellation) is { } own) return own;
        foreach (var part in called.Descendants())
        {
            var isChange = part switch
            {
                IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false } => part.Parent is ICompoundAssignmentOperation or IIncrementOrDecrementOperation && !IsLocked(part),
                IInvocationOperation { Instance: IFieldReferenceOperation { Field.Type.Name: "List" or "Queue" or "Stack" or "LinkedList" } } => true,
                _ => false,
            };
            if (isChange && Shared(part) is { } what) return $"{what} in '{method.Name}'";
        }

        return null;
    }

    // What several threads may change at once, such as a ConcurrentDictionary or what is locked, is a cache of the process on purpose.
    static bool IsCollection(ITypeSymbol type) => type is INamedTypeSymbol { Name: "List" or "Dictionary" or "HashSet" or "Queue" or "Stack" or "SortedDictionary" or "SortedSet" or "LinkedList" }
        && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";

    static bool IsLocked(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is ILockOperation) return true;
        }

        return false;
    }

    // What does not depend on the input is the same in each call, so that it can be made once.
    static bool IsKept(IOperation operation) => operation.Parent is ICoalesceAssignmentOperation { Value: var value } && !value.DescendantsAndSelf().Any(static part => part is IParameterReferenceOperation or ILocalReferenceOperation);

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
            if (reference is not null && SymbolEqualityComparer.Default.Equals(reference, symbol) && IsWritten(operation)) return true;
        }

        return false;
    }

    static bool IsWritten(IOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference,
        IIncrementOrDecrementOperation => true,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        _ => false,
    };
}
