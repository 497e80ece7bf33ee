using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Expressions;

/// <summary>Finds the parts of a lambda that surely have no JSONata. What only the serializer or a value can decide is left to the compilation of the workflow.</summary>
internal sealed class ExpressionReader(IAnonymousFunctionOperation lambda)
{
    const string step = "Use a Step for it.";

    public IEnumerable<(IOperation Part, string Why, string Fix)> Refusals()
    {
        var pending = new Stack<IOperation>([lambda.Body]);
        while (pending.Count > 0)
        {
            var operation = pending.Pop();
            if (Refusal(operation) is var (why, fix))
            {
                yield return (operation, why, fix);
                continue;
            }

            foreach (var child in operation.ChildOperations) pending.Push(child);
        }
    }

    (string Why, string Fix)? Refusal(IOperation operation) => operation switch
    {
        IInvocationOperation call => Call(call),
        IPropertyReferenceOperation property => Property(property),
        IIsTypeOperation or IConversionOperation { IsTryCast: true } => ("JSON does not carry C# types", step),
        IConversionOperation { IsImplicit: false, OperatorMethod: null, Conversion.IsReference: true, Operand.Type: { } from, Type: { } to } cast
            when !IsBase(from, to) && DependsOnPayload(cast) && !IsJson(from) => ("JSON does not carry C# types", step),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift, OperatorMethod: null } binary when DependsOnPayload(binary) =>
            ("JSONata has no such operator", step),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or or BinaryOperatorKind.ExclusiveOr, Type: { SpecialType: not SpecialType.System_Boolean } type, OperatorMethod: null } binary
            when DependsOnPayload(binary) => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && ((INamedTypeSymbol)type).TypeArguments[0].SpecialType == SpecialType.System_Boolean
                ? ("three-valued logic is not JSONata's", "Decide what null means first, with '?? false'.")
                : ("JSONata has no such operator", step),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.BitwiseNegation, OperatorMethod: null } unary when DependsOnPayload(unary) => ("JSONata has no such operator", step),
        _ => null,
    };

    (string Why, string Fix)? Call(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.MethodKind == MethodKind.DelegateInvoke) return ("the code of a delegate isn't visible", "Write the lambda in its place.");
        if (method.ContainingType is not { } type || type.ContainingNamespace.ToDisplayString().StartsWith("Orkestra", StringComparison.Ordinal)) return null;
        if (Arguments(call) is { } refused) return refused;

        // These are decided by the types on both sides.
        if (method.Name is "Equals" or "ToString" or "CompareTo" or "GetValueOrDefault" or "GetUtcNow" or "AsSpan" || call.Parent is IObjectOrCollectionInitializerOperation || method.MethodKind is MethodKind.UserDefinedOperator or MethodKind.Conversion) return null;
        var none = ($"{TypeText(type)}.{method.Name} has no counterpart in it", step);
        if (KnownMembers.Knows(method) is { } isKnown) return isKnown || !DependsOnPayload(call) ? null : none;
        if (OrkestraTypes.IsSequence(type)) return null;
        return !IsFramework(type) || DependsOnPayload(call) ? none : null;
    }

    static (string Why, string Fix)? Arguments(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            // The compiler refuses these in an expression tree, without a word on what to write.
            if (argument.ArgumentKind == ArgumentKind.ParamCollection) return ("an expression tree has no params span", "Write new[] { … } around the values.");
            var isEnumerable = call.TargetMethod.ContainingType.Name is "Enumerable" or "Queryable";
            switch (argument.Parameter?.Type.Name, argument.Value)
            {
                case ("StringComparison", { ConstantValue: { HasValue: true, Value: < 4 and >= 0 } }) when DependsOnPayload(call, call):
                    return ("JSONata knows no cultures", "Use StringComparison.Ordinal or OrdinalIgnoreCase.");
                case ("MidpointRounding", { ConstantValue: { HasValue: true, Value: not 0 } }):
                    return ("JSONata rounds halves to the even neighbour", "Use MidpointRounding.ToEven, or use a Step.");
                case ("IEqualityComparer" or "IComparer", { ConstantValue: { HasValue: false } }) when isEnumerable && argument.ArgumentKind == ArgumentKind.Explicit:
                    return ("JSONata has no comparers", step);
            }
        }

        return null;
    }

    (string Why, string Fix)? Property(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (property.ContainingType is not { } type) return null;
        if (reference.Instance is null)
        {
            return (type.Name, property.Name, type.ContainingNamespace.ToDisplayString()) switch
            {
                ("DateTime" or "DateTimeOffset", "Now" or "Today", "System") => ("a state machine has no time zone", "Use UtcNow."),
                ("Environment", not "NewLine", "System") => ("it is not known when the workflow is defined", step),
                _ => null,
            };
        }

        if (!DependsOnPayload(reference)) return null;
        if (property.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "JsonIgnoreAttribute" && attribute.NamedArguments.Length == 0))
            return ($"'{property.Name}' is not written to JSON", "Take off [JsonIgnore], or use a Step.");
        return KnownMembers.Knows(property) == false ? ($"{TypeText(type)}.{property.Name} has no counterpart in it", step) : null;
    }

    bool DependsOnPayload(IOperation operation) => DependsOnPayload(operation, lambda);

    // Whether a parameter of the lambda, or of one inside of it, is used.
    static bool DependsOnPayload(IOperation operation, IOperation scope)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            if (part is IParameterReferenceOperation { Parameter: var parameter }
                && (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } || scope.Syntax.Span.Contains(parameter.DeclaringSyntaxReferences.FirstOrDefault()?.Span ?? default))) return true;
        }

        return false;
    }

    static bool IsFramework(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Length == 0 && type.ContainingNamespace.ToDisplayString() is var space
        && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal) || space.StartsWith("Microsoft.", StringComparison.Ordinal));

    static bool IsBase(ITypeSymbol derived, ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Object || derived.AllInterfaces.Contains(type, SymbolEqualityComparer.Default)) return true;
        for (ITypeSymbol? current = derived; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, type)) return true;
        }

        return false;
    }

    static bool IsJson(ITypeSymbol type) => type.ContainingNamespace?.ToDisplayString() == "System.Text.Json.Nodes";

    static string TypeText(INamedTypeSymbol type) => CodeNames.Of(type);
}
