using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Payloads;

/// <summary>Code that takes an object, or the objects of a sequence, for values of another type.</summary>
internal static class ObjectReads
{
    /// <summary>The value or sequence that an operation reads as another type; null for another operation.</summary>
    public static (IOperation Value, ITypeSymbol Type, bool IsSequence)? Of(IOperation operation)
    {
        var (value, type) = operation switch
        {
            IConversionOperation { IsImplicit: false, Type: { } to, OperatorMethod: null } cast => (cast.Operand, to),
            IIsTypeOperation test => (test.ValueOperand, test.TypeOperand),
            IIsPatternOperation test => (test.Value, TypeOf(test.Pattern)),
            ISwitchOperation choice => (choice.Value, choice.Cases.SelectMany(static one => one.Clauses).Select(TypeOf).FirstOrDefault(static type => type is not null)),
            ISwitchExpressionOperation choice => (choice.Value, choice.Arms.Select(static arm => TypeOf(arm.Pattern)).FirstOrDefault(static type => type is not null)),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, OperatorMethod: null } equality => Compared(equality.LeftOperand, equality.RightOperand),
            IInvocationOperation { TargetMethod: { Name: "Equals", IsStatic: false, Parameters: { Length: 1 } parameters }, Instance: { } instance } call when IsObject(parameters[0].Type) => Compared(instance, call.Arguments[0].Value),
            IInvocationOperation { TargetMethod: { Name: "Equals", IsStatic: true, ContainingType.SpecialType: SpecialType.System_Object } } call => Compared(call.Arguments[0].Value, call.Arguments[1].Value),
            IInvocationOperation { TargetMethod: { Name: not ("ToString" or "IsDBNull" or "GetTypeCode" or "ChangeType"), ContainingType: { Name: "Convert", ContainingNamespace.Name: "System" }, Parameters: { Length: > 0 } parameters } method } call when IsObject(parameters[0].Type) =>
                (Bare(call.Arguments[0].Value), method.ReturnType),
            _ => (null, null),
        };
        if (value is not null && type is not null && IsObject(StepCreation.Unconverted(value).Type) && IsAnother(type)) return (value, type, false);
        (value, type) = operation switch
        {
            IInvocationOperation { TargetMethod: { Name: "OfType" or "Cast", ContainingType: { Name: "Enumerable", ContainingNamespace.Name: "Linq" }, TypeArguments: { Length: 1 } arguments } } call => (Bare(call.Arguments[0].Value), arguments[0]),
            IForEachLoopOperation { Syntax: ForEachStatementSyntax { Type.IsVar: false }, Locals: { Length: 1 } locals } loop => (Bare(loop.Collection), locals[0].Type),
            _ => (null, null),
        };
        return value is not null && type is not null && IsObject(ElementOf(StepCreation.Unconverted(value).Type)) && IsAnother(type) ? (value, type, true) : null;
    }

    /// <summary>Whether code asks for a JsonElement, so that it knows what arrives and reads objects of other types on purpose.</summary>
    public static bool AsksForJson(IOperation body) => body.Descendants().Any(static operation => operation switch
    {
        IIsTypeOperation { TypeOperand.Name: "JsonElement" } => true,
        IDeclarationPatternOperation { MatchedType.Name: "JsonElement" } or ITypePatternOperation { MatchedType.Name: "JsonElement" } or IRecursivePatternOperation { MatchedType.Name: "JsonElement" } => true,
        _ => false,
    });

    static bool IsObject(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_Object;

    static bool IsAnother(ITypeSymbol type) => type is not ({ SpecialType: SpecialType.System_Object } or { Name: "JsonElement" or "ValueType" } or { TypeKind: TypeKind.Dynamic or TypeKind.TypeParameter or TypeKind.Error }) && !IsJsonElement(type);

    static bool IsJsonElement(ITypeSymbol type) => type is INamedTypeSymbol { Name: "Nullable", TypeArguments: { Length: 1 } arguments } && arguments[0].Name == "JsonElement";

    static (IOperation?, ITypeSymbol?) Compared(IOperation left, IOperation right)
    {
        var (first, second) = (Bare(left), Bare(right));
        if (first.ConstantValue is { HasValue: true, Value: null } || second.ConstantValue is { HasValue: true, Value: null }) return (null, null);
        return IsObject(first.Type) ? (first, second.Type) : (second, first.Type);
    }

    // Without what only makes an object of it.
    static IOperation Bare(IOperation operation)
    {
        while (operation is IConversionOperation conversion && (conversion.IsImplicit || IsObject(conversion.Type))) operation = conversion.Operand;
        return operation;
    }

    static ITypeSymbol? TypeOf(ICaseClauseOperation clause) => clause switch
    {
        IPatternCaseClauseOperation { Pattern: var pattern } => TypeOf(pattern),
        ISingleValueCaseClauseOperation { Value: { ConstantValue: { HasValue: true, Value: not null } } value } => StepCreation.Unconverted(value).Type,
        _ => null,
    };

    static ITypeSymbol? TypeOf(IPatternOperation pattern) => pattern switch
    {
        IDeclarationPatternOperation { MatchedType: { } type, MatchesNull: false } when IsAnother(type) => type,
        ITypePatternOperation { MatchedType: var type } when IsAnother(type) => type,
        IRecursivePatternOperation { MatchedType: var type } when IsAnother(type) => type,
        IConstantPatternOperation { Value: { ConstantValue: { HasValue: true, Value: not null } } constant } => StepCreation.Unconverted(constant).Type,
        IRelationalPatternOperation { Value: var bound } => StepCreation.Unconverted(bound).Type,
        INegatedPatternOperation { Pattern: var inner } => TypeOf(inner),
        IBinaryPatternOperation both => TypeOf(both.LeftPattern) ?? TypeOf(both.RightPattern),
        _ => null,
    };

    static ITypeSymbol? ElementOf(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } sequence => sequence.TypeArguments[0],
        _ => type?.AllInterfaces.FirstOrDefault(static one => one.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0],
    };
}
