using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers;

/// <summary>What texts are made of.</summary>
internal static class TextParts
{
    /// <summary>The values that an operation makes part of a text; none for another operation.</summary>
    public static IEnumerable<IOperation> Of(IOperation operation) => operation switch
    {
        IInterpolationOperation interpolation => [interpolation.Expression],
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum => [sum.LeftOperand, sum.RightOperand],
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } added => [added.Value],
        IInvocationOperation { TargetMethod: { Name: "Concat" or "Format" or "Join", ContainingType.SpecialType: SpecialType.System_String } } call => call.Arguments.SelectMany(Elements),
        IInvocationOperation { TargetMethod: { Name: "ToString", Parameters.Length: 0 }, Instance: { } instance } when OrkestraTypes.IsTask(instance.Type) => [instance],
        IInvocationOperation { TargetMethod.Name: "AppendFormatted", Parent: IInterpolatedStringAppendOperation, Arguments: { Length: > 0 } appended } => [appended[0].Value],
        _ => [],
    };

    static IEnumerable<IOperation> Elements(IArgumentOperation argument) => argument switch
    {
        { ArgumentKind: ArgumentKind.ParamArray, Value: IArrayCreationOperation { Initializer.ElementValues: var elements } } => elements,
        { ArgumentKind: ArgumentKind.ParamCollection, Value: ICollectionExpressionOperation { Elements: var elements } } => elements,
        _ => [argument.Value],
    };
}
