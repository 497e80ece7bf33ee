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
    public IEnumerable<(IOperation Part, string What, string Fix)> All()
    {
        foreach (var operation in lambda.Body.Descendants())
        {
            foreach (var part in TextParts.Of(operation))
            {
                if (IsNull(part)) yield return (part, "can be null: C# writes nothing for it, and the state machine the text 'null'", $"{TextOf(part)} ?? \"\"");
                else if (operation is IInvocationOperation { TargetMethod.Name: "Concat" or "Join" } && HasNulls(part))
                    yield return (part, "can have elements that are null: C# writes nothing for them, and the state machine fails", $"{TextOf(part)}.Select(item => item ?? \"\")");
            }
        }
    }

    /// <summary>The code of a part, without casts around it.</summary>
    public static string TextOf(IOperation part)
    {
        var syntax = StepCreation.Unconverted(part).Syntax;
        return syntax is ExpressionSyntax expression ? CodeNames.Of(expression) : syntax.ToString();
    }

    static bool IsNull(IOperation operation)
    {
        var part = StepCreation.Unconverted(operation);
        return part.Type?.SpecialType == SpecialType.System_String && IsUnseen(part) && part.SemanticModel?.GetTypeInfo(part.Syntax).Nullability.FlowState == NullableFlowState.MaybeNull;
    }

    static bool HasNulls(IOperation operation) => ElementOf(StepCreation.Unconverted(operation) is var part && part.SemanticModel is { } model ? model.GetTypeInfo(part.Syntax).Type : null)
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
}
