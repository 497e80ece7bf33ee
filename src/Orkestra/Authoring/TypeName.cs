namespace Orkestra.Authoring;

/// <summary>Names of types as C# writes them, for messages and descriptions. Safe to use from any thread.</summary>
public static class TypeName
{
    /// <summary>The name without namespaces: <c>int?</c>, <c>List&lt;Order&gt;</c>, <c>(string, int)</c>, <c>byte[]</c>.</summary>
    /// <param name="type">The type.</param>
    public static string Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (Nullable.GetUnderlyingType(type) is { } underlying) return $"{Of(underlying)}?";
        if (type.IsArray) return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.Name.StartsWith('<')) return "anonymous type";
        if (!type.IsGenericType) return Keyword(type) ?? type.Name;
        var arguments = string.Join(", ", type.GetGenericArguments().Select(Of));
        if (type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal)) return $"({arguments})";
        var name = type.Name.AsSpan();
        var tick = name.IndexOf('`');
        return $"{(tick < 0 ? name : name[..tick])}<{arguments}>";
    }

    static string? Keyword(Type type) => type.IsEnum ? null : Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "bool",
        TypeCode.Byte => "byte",
        TypeCode.SByte => "sbyte",
        TypeCode.Char => "char",
        TypeCode.Decimal => "decimal",
        TypeCode.Double => "double",
        TypeCode.Single => "float",
        TypeCode.Int16 => "short",
        TypeCode.Int32 => "int",
        TypeCode.Int64 => "long",
        TypeCode.UInt16 => "ushort",
        TypeCode.UInt32 => "uint",
        TypeCode.UInt64 => "ulong",
        TypeCode.String => "string",
        _ => type == typeof(object) ? "object" : null,
    };
}
