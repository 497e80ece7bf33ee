using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers;

/// <summary>A <c>new Step&lt;…&gt;(…)</c> or <c>Step.Handled&lt;…&gt;()</c> in code.</summary>
internal sealed class StepCreation
{
    readonly IFieldReferenceOperation? kept;

    StepCreation(IOperation operation, INamedTypeSymbol type, IEnumerable<IArgumentOperation> arguments, IObjectOrCollectionInitializerOperation? initializer)
    {
        (Operation, Type) = (operation, type);
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Name == "name")
            {
                IsNamed = argument.ArgumentKind == ArgumentKind.Explicit;
                Name = argument.Value.ConstantValue is { HasValue: true, Value: string text } ? text : null;
            }

            if (argument.Parameter?.Name == "run") (Function, kept) = (Unconverted(argument.Value) is var given && given is IDelegateCreationOperation made ? made.Target : null, given as IFieldReferenceOperation);
        }

        Initializer = initializer;
        if (Assigned("Name") is not { } name) return;
        IsNamed = true;
        Name = name.ConstantValue is { HasValue: true, Value: string own } ? own : null;
    }

    public IOperation Operation { get; }

    /// <summary>The type that is made, <c>Step&lt;TIn, TOut&gt;</c>.</summary>
    public INamedTypeSymbol Type { get; }

    /// <summary>Whether the name is written in the code, not taken from the member around.</summary>
    public bool IsNamed { get; }

    /// <summary>The name, or null when it is not a constant.</summary>
    public string? Name { get; }

    /// <summary>The lambda or method that the step calls, or null for a handler and for delegates.</summary>
    public IOperation? Function { get; }

    public IAnonymousFunctionOperation? Lambda => Function as IAnonymousFunctionOperation;

    /// <summary>What the step's function does: the lambda, or what the method or the delegate in a static field does when it stands in the same file.</summary>
    public IOperation? Body(CancellationToken cancellation) => Function switch
    {
        IMethodReferenceOperation reference => CalledFunctions.BodyOf(reference.Method, reference.SemanticModel, cancellation),
        null when kept is not null => CalledFunctions.BodyOf(kept.Field, kept.SemanticModel, cancellation),
        _ => Lambda,
    };

    IObjectOrCollectionInitializerOperation? Initializer { get; }

    /// <summary>Whether a step made here is deployed. One that a test or a program makes inside a method is run there.</summary>
    public static bool IsDeployed(OperationAnalysisContext context, OrkestraTypes types) =>
        context.ContainingSymbol is IFieldSymbol or IPropertySymbol || types.IsWorkflow(context.ContainingSymbol.ContainingType);

    public static StepCreation? Of(IOperation operation, OrkestraTypes types) => operation switch
    {
        IObjectCreationOperation creation when types.IsStep(creation.Type) => new(creation, (INamedTypeSymbol)creation.Type!, creation.Arguments, creation.Initializer),
        IInvocationOperation { TargetMethod: { Name: "Handled", ContainingType.Name: "Step" } } call when types.IsStep(call.Type) => new(call, (INamedTypeSymbol)call.Type!, call.Arguments, null),
        _ => null,
    };

    /// <summary>What the object initializer assigns to a property, or null when it does not.</summary>
    public IOperation? Assigned(string property)
    {
        if (Initializer is null) return null;
        foreach (var operation in Initializer.Initializers)
        {
            if (operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name } } assignment && name == property) return assignment.Value;
        }

        return null;
    }

    /// <summary>The statement that an operation belongs to.</summary>
    public static IOperation StatementOf(IOperation operation)
    {
        while (operation.Parent is { } parent and not IBlockOperation) operation = parent;
        return operation;
    }

    public static IOperation Unconverted(IOperation operation)
    {
        while (operation is IConversionOperation conversion) operation = conversion.Operand;
        return operation;
    }
}
