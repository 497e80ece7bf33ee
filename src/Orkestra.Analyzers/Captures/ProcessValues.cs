using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Orkestra.Analyzers.Frozen;

namespace Orkestra.Analyzers.Captures;

/// <summary>Static values that each process makes for itself, such as an id or the time of its start.</summary>
internal static class ProcessValues
{
    static readonly HashSet<string> Loggers = new(StringComparer.Ordinal) { "ILogger", "LoggerExtensions", "Console", "Debug", "Trace", "Activity", "ActivitySource" };

    /// <summary>The field or property with such a value that an operation reads, if another step reads it, too: one step alone may mark its process with it.</summary>
    public static ISymbol? ReadBySeveral(IOperation operation, StepFunction step, OrkestraTypes types, CancellationToken cancellation)
    {
        if (ReadBy(operation) is not { } member || operation.SemanticModel is not { } model || !DiffersByProcess(member, model, cancellation)) return null;
        foreach (var node in model.SyntaxTree.GetRoot(cancellation).DescendantNodes())
        {
            if (node is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: > 0 } || node == step.Source) continue;
            if (model.GetOperation(node, cancellation) is not { } creation || StepCreation.Of(creation, types)?.Body(cancellation) is not { } body) continue;
            if (body.Descendants().Any(other => SymbolEqualityComparer.Default.Equals(ReadBy(other), member))) return member;
        }

        return null;
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
