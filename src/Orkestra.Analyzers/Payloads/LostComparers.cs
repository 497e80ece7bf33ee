using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Payloads;

/// <summary>The JSON of a dictionary or a set does not say how its keys are compared.</summary>
internal static class LostComparers
{
    /// <summary>Looks at a part of what a step gives.</summary>
    public static void Analyze(OperationAnalysisContext context, IOperation operation, IOperation given, IOperation body)
    {
        if (operation is IConversionOperation || !IsKeyed(operation.Type) || !IsPart(operation, given)) return;
        var made = operation is ILocalReferenceOperation { Local: var local } ? ValueOf(local, body) : operation;
        if (made is null || ComparerOf(StepCreation.Unconverted(made)) is not { } comparer) return;
        context.ReportDiagnostic(Diagnostic.Create(
            PayloadRules.Lost,
            operation.Syntax.GetLocation(),
            $"This {CodeNames.Of(operation.Type!)} loses its {CodeNames.Of((ExpressionSyntax)comparer.Syntax)} on the way to the next step, because its JSON doesn't hold how keys are compared: write all keys alike, for example with ToLowerInvariant(), or make it again with the comparer where it is read."));
    }

    static bool IsKeyed(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "Dictionary" or "HashSet" or "SortedDictionary" or "SortedSet" or "ConcurrentDictionary" or "ImmutableDictionary" or "ImmutableHashSet" };

    static IOperation? ComparerOf(IOperation made)
    {
        var arguments = made switch
        {
            IObjectCreationOperation creation => creation.Arguments,
            IInvocationOperation { TargetMethod.Name: "ToDictionary" or "ToHashSet" or "ToImmutableDictionary" or "ToImmutableHashSet" } call => call.Arguments,
            _ => [],
        };
        foreach (var argument in arguments)
        {
            // The comparer of another type of keys may be needed to find them at all.
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Type.Name: "IEqualityComparer" or "IComparer" } && StepCreation.Unconverted(argument.Value) is IPropertyReferenceOperation { Property: { Name: not "Ordinal", ContainingType.Name: "StringComparer" } } comparer)
                return comparer;
        }

        return null;
    }

    static IOperation? ValueOf(ILocalSymbol local, IOperation body)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation is IVariableDeclaratorOperation { Initializer.Value: var value } declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local)) return value;
        }

        return null;
    }

    // Whether a value becomes a part of the JSON, not only of what is computed for it.
    static bool IsPart(IOperation operation, IOperation given)
    {
        for (var (current, parent) = (operation, operation.Parent); current != given; (current, parent) = (parent!, parent!.Parent))
        {
            if (parent is not (IConversionOperation or IArgumentOperation { Parent: IObjectCreationOperation } or ISimpleAssignmentOperation or IObjectOrCollectionInitializerOperation or IAnonymousObjectCreationOperation
                or IObjectCreationOperation or IWithOperation) || (parent is IObjectCreationOperation && IsKeyed(parent.Type)))
                return false;
        }

        return true;
    }
}
