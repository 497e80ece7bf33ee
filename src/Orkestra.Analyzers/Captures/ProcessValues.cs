using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Orkestra.Analyzers.Frozen;

namespace Orkestra.Analyzers.Captures;

/// <summary>Static values that each process makes for itself, such as an id or the time of its start.</summary>
internal static class ProcessValues
{
    static readonly HashSet<string> Loggers = new(StringComparer.Ordinal) { "ILogger", "LoggerExtensions", "Console", "Debug", "Trace", "Activity", "ActivitySource" };

    /// <summary>What an operation does with such a value that another step reads, too: one step alone may mark its process with it.</summary>
    public static string? Of(IOperation operation, StepBody step, OrkestraTypes types, CancellationToken cancellation)
    {
        if (ReadBySeveral(operation, step, types, cancellation) is { } member) return $"reads '{member.Name}', as another step does, and its value is different in each process";
        return ValueOf(operation) is { } field && SharedState.IsWritten(operation) && operation.SemanticModel is { } model && IsReadByAnother(field, step, model, types, cancellation) ? $"changes the static '{field.Name}', which another step reads" : null;
    }

    // An AsyncLocal is of one step and what it calls.
    static ISymbol? ValueOf(IOperation operation) =>
        operation is IPropertyReferenceOperation { Property: { Name: "Value", ContainingType: { Name: "AsyncLocal", ContainingNamespace.Name: "Threading" } }, Instance: { } instance } ? SharedState.StaticOf(instance) : null;

    static bool IsReadByAnother(ISymbol field, StepBody step, SemanticModel model, OrkestraTypes types, CancellationToken cancellation) => OtherBodies(step, model, types, cancellation).Any(body =>
    {
        var values = body.Descendants().Where(part => SymbolEqualityComparer.Default.Equals(ValueOf(part), field)).ToArray();
        return values.Length > 0 && !values.Any(SharedState.IsWritten);
    });

    static IEnumerable<IOperation> OtherBodies(StepBody step, SemanticModel model, OrkestraTypes types, CancellationToken cancellation)
    {
        foreach (var node in model.SyntaxTree.GetRoot(cancellation).DescendantNodes())
        {
            if (node is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: > 0 } || node == step.Source) continue;
            if (model.GetOperation(node, cancellation) is { } creation && StepCreation.Of(creation, types)?.Body(cancellation) is { } body) yield return body;
        }
    }

    static ISymbol? ReadBySeveral(IOperation operation, StepBody step, OrkestraTypes types, CancellationToken cancellation)
    {
        if (ReadBy(operation) is not { } member || operation.SemanticModel is not { } model || !DiffersByProcess(member, model, cancellation)) return null;
        return OtherBodies(step, model, types, cancellation).Any(body => body.Descendants().Any(other => SymbolEqualityComparer.Default.Equals(ReadBy(other), member))) ? member : null;
    }

    // Values only: an object, such as a client or a meter, is of its process on purpose.
    static ISymbol? ReadBy(IOperation operation) => operation switch
    {
        IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true, DeclaringSyntaxReferences.Length: 1 } field } when IsValue(field.Type) && !IsLogged(operation) => field,
        IPropertyReferenceOperation { Property: { IsStatic: true, SetMethod: null, DeclaringSyntaxReferences.Length: 1 } property } when IsValue(property.Type) && !IsLogged(operation) => property,
        _ => null,
    };

    static bool IsValue(ITypeSymbol type) => type.IsValueType || type.SpecialType == SpecialType.System_String;

    static bool IsLogged(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IInvocationOperation { TargetMethod: var method } && (Loggers.Contains(method.ContainingType.Name) || method.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "LoggerMessageAttribute"))) return true;
        }

        return false;
    }

    static bool DiffersByProcess(ISymbol member, SemanticModel model, CancellationToken cancellation)
    {
        var declaration = member.DeclaringSyntaxReferences[0];
        if (declaration.SyntaxTree != model.SyntaxTree) return false;
        var initializer = declaration.GetSyntax(cancellation) switch
        {
            VariableDeclaratorSyntax variable => variable.Initializer?.Value,
            PropertyDeclarationSyntax property => property.Initializer?.Value,
            _ => null,
        };
        return initializer is not null && model.GetOperation(initializer, cancellation) is { } value
            && value.DescendantsAndSelf().Any(part => IsOfProcess(part) && FrozenValueAnalyzer.LambdaAround(part) is null);
    }

    static bool IsOfProcess(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property: { Name: "ProcessId" or "TickCount" or "TickCount64", ContainingType: { Name: "Environment", ContainingNamespace.Name: "System" } } } => true,

        // With a seed, the numbers are the same in each process.
        IInvocationOperation { TargetMethod.ContainingType.Name: "Random", Instance: not (IPropertyReferenceOperation { Property.Name: "Shared" } or IObjectCreationOperation { Arguments.Length: 0 }) } => false,
        _ => FrozenValueAnalyzer.FixOf(operation) is not null,
    };
}
