using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Text.RegularExpressions;

namespace Orkestra.Cdk.Packaging.Fingerprints;

/// <summary>Writes types as text, and tells which types of the program's projects the text names.</summary>
/// <param name="found">Takes the types; null to ignore them.</param>
internal sealed partial class TypeNames(Action<EntityHandle, MetadataReader>? found) : ISignatureTypeProvider<string, object?>, ICustomAttributeTypeProvider<string>
{
    public static readonly TypeNames Plain = new(null);

    /// <summary>Takes the types that attributes name as text.</summary>
    public Action<string>? FoundByName { get; init; }

    /// <summary>A name without the numbers that the compiler gives to what it makes, which change when other code is added.</summary>
    public static string Stable(string name) => name.StartsWith('<') ? Numbers().Replace(name, "") : name;

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{shape.Rank}]";

    public string GetByReferenceType(string elementType) => elementType + "&";

    public string GetFunctionPointerType(MethodSignature<string> signature) => $"fn {Text(signature)}";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(",", typeArguments)}>";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => $"{unmodifiedType} mod {modifier}";

    public string GetPinnedType(string elementType) => $"{elementType} pinned";

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        found?.Invoke(handle, reader);
        var type = reader.GetTypeDefinition(handle);
        var name = Stable(reader.GetString(type.Name));
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{GetTypeFromDefinition(reader, outer, 0)}+{name}" : $"{reader.GetString(type.Namespace)}.{name}";
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        found?.Invoke(handle, reader);
        var type = reader.GetTypeReference(handle);
        var name = Stable(reader.GetString(type.Name));
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0)}+{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetSystemType() => "System.Type";

    public bool IsSystemType(string type) => type == "System.Type";

    public string GetTypeFromSerializedName(string name)
    {
        FoundByName?.Invoke(name);
        return string.Join('+', name.Split(',')[0].Split('+').Select(Stable));
    }

    // Enums in attributes nearly always have this size. Reading one of another size fails, and the attribute is then compared as bytes.
    public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

    /// <summary>Any type that an instruction names.</summary>
    public string Of(MetadataReader reader, EntityHandle handle) => handle.IsNil ? "" : handle.Kind switch
    {
        HandleKind.TypeDefinition => GetTypeFromDefinition(reader, (TypeDefinitionHandle)handle, 0),
        HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)handle, 0),
        HandleKind.TypeSpecification => GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)handle, 0),
        _ => "",
    };

    public static string Text(MethodSignature<string> signature) => $"{signature.Header} {signature.ReturnType}({string.Join(",", signature.ParameterTypes)}){signature.GenericParameterCount}";

    // At the end of a name, and inside that of the state machine of an async lambda or local function: <<-cctor>b__4_1>d, <<Main>g__Local|0_1>d.
    [GeneratedRegex(@"[0-9_|]+(?=(`[0-9]+)?$)|(?<=>[a-z]__[^<>|]*)\|?[0-9]+(_[0-9]+)?(?=>)")]
    private static partial Regex Numbers();
}
