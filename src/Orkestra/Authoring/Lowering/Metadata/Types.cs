using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orkestra.Authoring.Lowering.Metadata;

/// <summary>What kind of JSON a C# type is.</summary>
internal static class Types
{
    public static Type Unwrap(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    public static bool IsNullable(Type type) => Nullable.GetUnderlyingType(type) is not null;

    public static bool IsIntegral(Type type) => !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64;

    public static bool IsUnsigned(Type type) => Type.GetTypeCode(type) is TypeCode.Byte or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64;

    public static bool IsNumber(Type type) => !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;

    public static bool IsTuple(Type type) => type.IsValueType && type.IsConstructedGenericType && typeof(ITuple).IsAssignableFrom(type);

    public static bool IsAnonymous(Type type) =>
        type.Name.Contains("AnonymousType", StringComparison.Ordinal) && type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    public static bool IsGrouping(Type type) => IsDefinedBy(type, typeof(IGrouping<,>));

    public static bool IsMoment(Type type) => type == typeof(DateTime) || type == typeof(DateTimeOffset);

    /// <summary>Types whose JSON is a text that is equal exactly when the values are.</summary>
    public static bool IsText(Type type) =>
        type == typeof(string) || type == typeof(char) || type == typeof(Guid) || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(TimeSpan);

    /// <summary>Types whose JSON says nothing about its kind beforehand.</summary>
    public static bool IsUntyped(Type type) =>
        type == typeof(object) || type == typeof(JsonElement) || typeof(JsonNode).IsAssignableFrom(type) || type == typeof(JsonDocument) || typeof(Expressions.Data.JsonValue).IsAssignableFrom(type);

    public static bool IsDictionary(Type type) =>
        typeof(IDictionary).IsAssignableFrom(type) || IsDefinedBy(type, typeof(IDictionary<,>)) || IsDefinedBy(type, typeof(IReadOnlyDictionary<,>));

    /// <summary>Types that System.Text.Json writes as arrays without a converter of their own.</summary>
    public static bool IsArray(Type type) =>
        IsTuple(type)
        || (typeof(IEnumerable).IsAssignableFrom(type) && type != typeof(string) && type != typeof(byte[]) && !IsDictionary(type) && !IsUntyped(type));

    /// <summary>Types that are values, equal when their JSON is equal.</summary>
    public static bool IsScalar(Type type) => IsNumber(type) || IsText(type) || type == typeof(bool) || type.IsEnum;

    public static bool IsDefinedBy(Type type, Type definition) => type.IsConstructedGenericType && type.GetGenericTypeDefinition() == definition;

    /// <summary>The element of a collection, where its type tells.</summary>
    public static Type ElementOf(Type collection) =>
        collection.IsArray ? collection.GetElementType()!
        : collection.IsConstructedGenericType ? collection.GenericTypeArguments[^1]
        : typeof(object);
}
