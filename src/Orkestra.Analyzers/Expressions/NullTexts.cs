using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Expressions;

/// <summary>
/// Finds parts of texts that can be null where only the annotations of the code say so. C# writes nothing for null, JSONata writes <c>null</c>. The lowering knows the members that are
/// annotated as nullable; it sees no annotation of a parameter, an element or a type argument, because those aren't in the expression tree.
/// </summary>
internal sealed class NullTexts(IAnonymousFunctionOperation lambda)
{
    const string isNull = "can be null: C# writes nothing for it, and the state machine the text 'null'";

    public IEnumerable<(IOperation Part, string What, string Fix)> All()
    {
        foreach (var operation in lambda.Body.Descendants())
        {
            switch (operation)
            {
                case IInterpolationOperation { Expression: var part } when IsNull(part):
                    yield return (part, isNull, OrEmpty(part));
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum:
                    if (IsNull(sum.LeftOperand)) yield return (sum.LeftOperand, isNull, OrEmpty(sum.LeftOperand));
                    if (IsNull(sum.RightOperand)) yield return (sum.RightOperand, isNull, OrEmpty(sum.RightOperand));
                    break;
                case IInvocationOperation { TargetMethod: { Name: "Concat" or "Join", ContainingType.SpecialType: SpecialType.System_String } } call:
                    foreach (var part in call.Arguments.SelectMany(static argument => PartsOf(argument.Value)))
                    {
                        if (IsNull(part)) yield return (part, isNull, OrEmpty(part));
                        else if (HasNulls(part)) yield return (part, "can have elements that are null: C# writes nothing for them, and the state machine fails", $"{TextOf(part)}.Select(item => item ?? \"\")");
                    }

                    break;
            }
        }
    }

    static ImmutableArray<IOperation> PartsOf(IOperation value) => Plain(value) is IArrayCreationOperation { IsImplicit: true, Initializer: { } items } ? items.ElementValues : [value];

    static string OrEmpty(IOperation part) => $"{TextOf(part)} ?? \"\"";

    /// <summary>The code of a part, without casts and parentheses around it.</summary>
    public static string TextOf(IOperation part) => Plain(part).Syntax is ExpressionSyntax syntax ? CodeNames.Of(syntax) : Plain(part).Syntax.ToString();

    static bool IsNull(IOperation operation)
    {
        var part = Plain(operation);
        return part.Type?.SpecialType == SpecialType.System_String && IsUnseen(part) && part.SemanticModel?.GetTypeInfo(part.Syntax).Nullability.FlowState == NullableFlowState.MaybeNull;
    }

    static bool HasNulls(IOperation operation) => ElementOf(Plain(operation) is var part && part.SemanticModel is { } model ? model.GetTypeInfo(part.Syntax).Type : null)
        is { SpecialType: SpecialType.System_String, NullableAnnotation: NullableAnnotation.Annotated };

    static ITypeSymbol? ElementOf(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } sequence => sequence.TypeArguments[0],
        { SpecialType: SpecialType.System_String } => null,
        _ => type?.AllInterfaces.FirstOrDefault(static one => one.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0],
    };

    // What is annotated where the type is declared is in its metadata, where the lowering reads it.
    static bool IsUnseen(IOperation part) => part switch
    {
        IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } } or IArrayElementReferenceOperation => true,
        IPropertyReferenceOperation { Property: var property } => property.OriginalDefinition.Type.TypeKind == TypeKind.TypeParameter,
        IFieldReferenceOperation { Field: var field } => field.ContainingType.IsTupleType,
        _ => false,
    };

    static IOperation Plain(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } or IParenthesizedOperation)
            operation = operation is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)operation).Operand;
        return operation;
    }
}
