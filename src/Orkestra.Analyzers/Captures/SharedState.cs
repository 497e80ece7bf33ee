using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Captures;

/// <summary>Changes of static state. What several threads may change at once, such as a ConcurrentDictionary or what is locked, is mostly a cache of the process on purpose, and so is what is made once.</summary>
internal static class SharedState
{
    /// <summary>What an operation changes; null when it changes nothing that is static, or a cache.</summary>
    public static string? ChangedBy(IOperation operation) => operation switch
    {
        IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: false, IsConst: false } field } when IsWritten(operation) && !IsKept(operation) => $"changes the static field '{field.Name}'",
        IPropertyReferenceOperation { Property: { IsStatic: true, SetMethod: not null, DeclaringSyntaxReferences.Length: > 0 } property } when IsWritten(operation) && !IsKept(operation) => $"changes the static property '{property.Name}'",
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection } when StaticOf(collection) is { } field && IsCollection(collection.Type) && IsWritten(operation) && !IsGuarded(operation) => $"changes the static collection '{field.Name}'",
        IInvocationOperation { Instance: { } instance } call when StaticOf(instance) is { } field && IsCollection(instance.Type) && CollectionChanges.Include(call.TargetMethod) && !IsGuarded(operation) => $"changes the static collection '{field.Name}'",
        _ => null,
    };

    /// <summary>What an operation records in a static object, as tests do, too; null when it does not, or when it is a cache.</summary>
    public static string? RecordedBy(IOperation operation) => operation switch
    {
        IArrayElementReferenceOperation { ArrayReference: var array } when StaticOf(array) is { } field && IsWritten(operation) && !IsGuarded(operation) => $"changes the static array '{field.Name}'",
        IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol { IsIndexer: false }, Instance: { } owner } member when StaticOf(owner) is { } field && IsOwn(owner.Type) && IsWritten(operation) && !IsKept(operation) => $"changes '{member.Member.Name}' of the static '{field.Name}'",
        IInvocationOperation { Instance: { } instance } call when StaticOf(instance) is { } field && !IsGuarded(operation) => RecordedBy(call, instance.Type, field),
        _ => null,
    };

    public static bool IsWritten(IOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference,
        IIncrementOrDecrementOperation => true,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        _ => false,
    };

    /// <summary>Whether an operation stands in a lock, or after a wait for a semaphore.</summary>
    public static bool IsGuarded(IOperation operation)
    {
        var root = operation;
        for (; root.Parent is { } parent; root = parent)
        {
            if (parent is ILockOperation) return true;
        }

        return root.Descendants().Any(one => one is IInvocationOperation { TargetMethod: { Name: "Wait" or "WaitAsync", ContainingType.Name: "SemaphoreSlim" } } && one.Syntax.SpanStart < operation.Syntax.SpanStart);
    }

    static string? RecordedBy(IInvocationOperation call, ITypeSymbol? type, ISymbol field)
    {
        var (name, method) = (type?.Name, call.TargetMethod);
        var space = type?.ContainingNamespace?.ToDisplayString();
        if (space == "System.Text" && name == "StringBuilder") return method.Name is "Append" or "AppendLine" or "AppendFormat" or "AppendJoin" or "Clear" or "Insert" or "Remove" or "Replace" ? $"changes the static text '{field.Name}'" : null;
        if (space != "System.Collections.Concurrent") return null;
        var isChange = name switch
        {
            "ConcurrentBag" or "ConcurrentQueue" or "ConcurrentStack" => method.Name is "Add" or "Enqueue" or "Push" or "PushRange" && !IsPool(call, field),
            "ConcurrentDictionary" => method.Name == "AddOrUpdate" && call.Arguments.Any(CountsOn),
            _ => false,
        };
        return isChange ? $"changes the static collection '{field.Name}'" : null;
    }

    // What is taken from a collection and put back is kept for the next call, whichever it is.
    static bool IsPool(IOperation operation, ISymbol field)
    {
        var root = operation;
        while (root.Parent is { } parent) root = parent;
        return root.Descendants().Any(one => one is IInvocationOperation { TargetMethod.Name: "TryTake" or "TryDequeue" or "TryPop", Instance: { } instance } && SymbolEqualityComparer.Default.Equals(StaticOf(instance), field));
    }

    // An update that is made of the value before it.
    static bool CountsOn(IArgumentOperation argument) => StepCreation.Unconverted(argument.Value) is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters: { Length: > 1 } parameters } update }
        && update.Descendants().Any(part => part is IParameterReferenceOperation { Parameter: var read } && SymbolEqualityComparer.Default.Equals(read, parameters[1]));

    // What a lock guards or '??=' makes is made once. A count is not.
    static bool IsKept(IOperation operation) => operation.Parent switch
    {
        ICoalesceAssignmentOperation { Value: var value } => IsGuarded(operation) || !value.DescendantsAndSelf().Any(static part => part is IParameterReferenceOperation or ILocalReferenceOperation),
        ISimpleAssignmentOperation => IsGuarded(operation),
        _ => false,
    };

    /// <summary>The static field that an operation reads, or the property that keeps its value. What each thread has for itself is not shared.</summary>
    public static ISymbol? StaticOf(IOperation operation) => StepCreation.Unconverted(operation) switch
    {
        IFieldReferenceOperation { Field: { IsStatic: true } field } when !field.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "ThreadStaticAttribute") => field,
        IPropertyReferenceOperation { Property: { IsStatic: true, IsIndexer: false } property } when property.ContainingType.GetMembers().Any(member => member is IFieldSymbol { AssociatedSymbol: { } of } && SymbolEqualityComparer.Default.Equals(of, property)) => property,
        _ => null,
    };

    static bool IsOwn(ITypeSymbol? type) => type is { TypeKind: TypeKind.Class, DeclaringSyntaxReferences.Length: > 0 };

    static bool IsCollection(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "List" or "Dictionary" or "HashSet" or "Queue" or "Stack" or "SortedDictionary" or "SortedSet" or "LinkedList" }
        && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";
}
