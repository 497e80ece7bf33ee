using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Tasks;

/// <summary>Sequences of tasks that a step begins and does not wait for.</summary>
internal static class CollectedTasks
{
    /// <summary>The call that begins the tasks, its name, and how to await them; null if there are no tasks, or if something may await them.</summary>
    public static (SyntaxNode Where, string Name, string Fix)? Of(IOperation operation, IOperation body, StepBody step, bool isDeployed)
    {
        switch (operation)
        {
            case IExpressionStatementOperation { Operation: IInvocationOperation statement } when Begins(statement) is { } name && ElementOf(statement.Type) is { } element:
                return (statement.Syntax, name, Fix(element, CodeNames.Of((ExpressionSyntax)statement.Syntax), step));
            case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: IDiscardOperation, Value: IInvocationOperation discarded } } when isDeployed && Begins(discarded) is { } name && ElementOf(discarded.Type) is { } element:
                return (discarded.Syntax, name, Fix(element, CodeNames.Of((ExpressionSyntax)discarded.Syntax), step));
            case IVariableDeclaratorOperation { Symbol: var local, Initializer.Value: { } value } when ElementOf(local.Type) is { } element && Begun(local, StepCreation.Unconverted(value), body) is { } begun:
                return (begun.Syntax, Begins(begun)!, Fix(element, local.Name, step));
            case IInvocationOperation counted when IsCounted(counted) && Begins(counted) is { } name && ElementOf(counted.Type) is { } element:
                return (counted.Syntax, name, Fix(element, CodeNames.Of((ExpressionSyntax)counted.Syntax), step));
            default:
                return null;
        }
    }

    /// <summary>The tasks of an array or a collection of the base library, or null for other types. What another type does with its tasks is not known.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol? type)
    {
        var element = type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
            INamedTypeSymbol { TypeArguments.Length: 1 } named when named.ContainingNamespace.ToDisplayString() is "System.Collections.Generic" or "System.Collections.Concurrent" => named.TypeArguments[0],
            _ => null,
        };
        return OrkestraTypes.IsTask(element) ? element : null;
    }

    /// <summary>The name of what a call begins, as a message names it.</summary>
    public static string NameOf(IInvocationOperation call)
    {
        while (call is { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "WaitAsync", Instance: IInvocationOperation inner }) call = inner;
        return call.TargetMethod.Name;
    }

    static string Fix(ITypeSymbol element, string tasks, StepBody step) =>
        element.Name == "Task" ? $"write 'await Task.WhenAll({tasks});' in {step.Async}" : $"await each of them in a 'foreach', in {step.Async}";

    static IInvocationOperation? Begun(ILocalSymbol local, IOperation value, IOperation body)
    {
        if (value is not (IInvocationOperation or IObjectCreationOperation or IArrayCreationOperation or ICollectionExpressionOperation)) return null;
        IEnumerable<IOperation> values = value switch
        {
            IObjectCreationOperation creation => creation.Initializer?.Initializers.OfType<IInvocationOperation>().SelectMany(static add => add.Arguments).Select(static argument => argument.Value) ?? [],
            IArrayCreationOperation array => array.Initializer?.ElementValues ?? [],
            ICollectionExpressionOperation collection => collection.Elements,
            _ => [value],
        };
        var begun = values.Select(Call).FirstOrDefault(static call => call is not null);
        if (begun is null && value is IInvocationOperation) return null;
        foreach (var operation in body.Descendants())
        {
            if (operation is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, local)) continue;
            switch (reference.Parent)
            {
                case IPropertyReferenceOperation { Property.Name: "Count" or "Length" or "Capacity" } or INameOfOperation:
                case { } when IsCounted(reference) || (QueryOf(reference) is { TargetMethod.Name: "ToArray" or "ToList" } copy && IsCounted(copy)):
                    break;
                case IInvocationOperation { TargetMethod.Name: "Add" or "AddRange" or "Enqueue" or "Push" or "AddLast", Arguments: { Length: > 0 } added } change when change.Instance == reference && change.Parent is IExpressionStatementOperation:
                    begun ??= Call(added[0].Value);
                    break;
                case IArrayElementReferenceOperation { Parent: ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } assignment } element when assignment.Target == element:
                    begun ??= Call(assignment.Value);
                    break;
                default:
                    return null;
            }
        }

        return begun;
    }

    // Who only counts tasks waits for none.
    static bool IsCounted(IOperation tasks) => tasks.Parent is IPropertyReferenceOperation { Property.Name: "Count" or "Length" } || QueryOf(tasks) is { TargetMethod.Name: "Any" or "Count" or "LongCount", Arguments.Length: 1 };

    static IInvocationOperation? QueryOf(IOperation source)
    {
        var parent = source.Parent;
        while (parent is IConversionOperation) parent = parent.Parent;
        return parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType: { Name: "Enumerable", ContainingNamespace.Name: "Linq" } } query } argument && query.Arguments[0] == argument ? query : null;
    }

    static IInvocationOperation? Call(IOperation value) => StepCreation.Unconverted(value is ISpreadOperation spread ? spread.Operand : value) is IInvocationOperation call && Begins(call) is not null ? call : null;

    // A call that gives a task, or a query that makes one of each element. What only picks from tasks begins none.
    static string? Begins(IInvocationOperation call)
    {
        if (OrkestraTypes.IsTask(call.Type)) return call.TargetMethod.Name is "FromResult" or "FromException" or "FromCanceled" ? null : NameOf(call);
        for (IOperation source = call; StepCreation.Unconverted(source) is IInvocationOperation { TargetMethod.ContainingType: { Name: "Enumerable", ContainingNamespace.Name: "Linq" }, Arguments: { Length: > 0 } arguments } query; source = arguments[0].Value)
        {
            if (query.TargetMethod.Name == "Select" && arguments.Length == 2 && StepCreation.Unconverted(arguments[1].Value) is IDelegateCreationOperation { Target: var made }) return BegunFor(made);
        }

        return null;
    }

    static string? BegunFor(IOperation made) => made switch
    {
        IMethodReferenceOperation { Method: { Name: var name, ReturnType: var type } } when OrkestraTypes.IsTask(type) => name,
        IAnonymousFunctionOperation { Symbol.IsAsync: true } => "the last task",
        IAnonymousFunctionOperation lambda when lambda.Body.Operations.LastOrDefault() is IReturnOperation { ReturnedValue: { } value } => Call(value) is { } call && OrkestraTypes.IsTask(call.Type) ? NameOf(call) : null,
        _ => null,
    };
}
