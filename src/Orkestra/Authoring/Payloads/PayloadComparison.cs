using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Orkestra.Authoring.Payloads;

/// <summary>
/// Compares what one type writes with what another type reads, from the serializer's own contract: each written member must be read, and each member of the reader must be
/// written. A type is also compared with itself, which finds what doesn't survive the round trip.
/// </summary>
internal sealed class PayloadComparison(JsonSerializerOptions options)
{
    readonly HashSet<(Type Written, Type Read)> seen = [];

    /// <summary>The first difference as a sentence with its path and the fix; null when there is none.</summary>
    public string? Difference(PayloadShape? written, Type read, string path = "$")
    {
        if (written is null || IsAnything(read)) return null;
        switch (written)
        {
            case PayloadShape.Of { Type: var type } of:
                return Types(type, read, path, of.IsExact);
            case PayloadShape.ArrayOf { Element: var element }:
                return InfoOf(read) is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } elementType } ? Difference(element, elementType, $"{path}[*]") : NotAnArray(read, path);
            case PayloadShape.TupleOf { Items: var items }:
                Type? common = null;
                if (!PayloadTypes.IsTuple(read))
                {
                    if (InfoOf(read) is not { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } every }) return NotAnArray(read, path);
                    common = every;
                }
                else if (read.GetGenericArguments().Length != items.Count)
                {
                    return $"'{path}' is written as an array of {items.Count} elements and read as the tuple {TypeName.Of(read)}.";
                }

                for (var i = 0; i < items.Count; i++)
                {
                    if (Difference(items[i], common ?? read.GetGenericArguments()[i], $"{path}[{i}]") is { } difference) return difference;
                }

                return null;
            case PayloadShape.OutcomeOf { Value: var value }:
                return IsOutcome(read) ? Difference(value, read.GetGenericArguments()[0], $"{path}.Value")
                    : InfoOf(read)?.Kind == JsonTypeInfoKind.None ? null
                    : $"'{path}' is written as an outcome, a value or an error, and read as {TypeName.Of(read)}. Let the step read Outcome<{TypeName.Of(read)}>, or call .Rethrow() first.";
            default:
                return null;
        }
    }

    string? Types(Type written, Type read, string path, bool isExact = false)
    {
        if (IsAnything(written) || IsAnything(read)) return null;
        if (Nullable.GetUnderlyingType(read) is { } value) return Types(Nullable.GetUnderlyingType(written) ?? written, value, path);
        if (Nullable.GetUnderlyingType(written) is { } inner)
            return Types(inner, read, path) ?? (read.IsValueType ? $"'{path}' can be written as null, which {TypeName.Of(read)} can't read. Let the reader be {TypeName.Of(read)}?." : null);
        if (!seen.Add((written, read))) return null;
        if (IsOutcome(written) && IsOutcome(read)) return Types(written.GetGenericArguments()[0], read.GetGenericArguments()[0], $"{path}.Value");
        if (PayloadTypes.IsTuple(written)) return Difference(new PayloadShape.TupleOf([.. written.GetGenericArguments().Select(item => new PayloadShape.Of(item))]), read, path);
        if (InfoOf(written) is not { } from || InfoOf(read) is not { } to) return null;
        if (Unlike(from, to, path) is { } unlike) return unlike;
        return (from.Kind, to.Kind) switch
        {
            (JsonTypeInfoKind.Object, JsonTypeInfoKind.Object) => Objects(from, to, path, isExact),
            (JsonTypeInfoKind.Enumerable, JsonTypeInfoKind.Enumerable) => Types(from.ElementType!, to.ElementType!, $"{path}[*]"),
            (JsonTypeInfoKind.Dictionary, JsonTypeInfoKind.Dictionary) => Types(from.ElementType!, to.ElementType!, $"{path}.*"),
            _ => null,
        };
    }

    string? Objects(JsonTypeInfo from, JsonTypeInfo to, string path, bool isExact)
    {
        if (Declared(from, to, path, isExact) is { } undeclared) return undeclared;
        if (to.PolymorphismOptions is { } polymorphism)
        {
            foreach (var derived in polymorphism.DerivedTypes)
            {
                if (from.Type == to.Type && derived.DerivedType != to.Type && Types(derived.DerivedType, derived.DerivedType, path) is { } inDerived) return inDerived;
            }

            if (to.Type.IsAbstract || to.Type.IsInterface) return null;
        }

        if (KeepsNothing(from)) return $"'{path}' is {TypeName.Of(from.Type)}, whose JSON doesn't hold its value. {Remedy(from.Type)}, or add a converter.";
        var same = from.Type == to.Type;
        HashSet<string> read = new(StringComparer.Ordinal);
        foreach (var member in from.Properties)
        {
            if (member.Get is null || member.IsExtensionData || IsNeverWritten(member)) continue;
            var at = $"{path}.{member.Name}";
            if (Match(to, member.Name) is not { } reader)
            {
                if (to.Properties.Any(property => property.IsExtensionData)) continue;
                return $"'{at}' is written by {TypeName.Of(from.Type)}, but {TypeName.Of(to.Type)} has no such member, so it is lost. Add the member, or drop it with .Select(…) before.";
            }

            read.Add(reader.Name);
            if (!CanBeSet(reader, to))
            {
                if (IsComputed(reader)) continue;
                return $"'{at}' is written, but {TypeName.Of(to.Type)} can't read it back: {Unset(reader, to.Type)}";
            }

            if (member.CustomConverter is not null || reader.CustomConverter is not null) continue;
            if (Types(member.PropertyType, reader.PropertyType, at) is { } difference) return difference;
        }

        if (Resurrected(from, to, path) is { } resurrected) return resurrected;
        if (Hidden(from) is { } field)
            return $"'{path}' is {TypeName.Of(from.Type)}, whose public field '{field}' isn't written to JSON. Make it a property, or mark it [JsonInclude] or [JsonIgnore].";
        if (same) return null;
        return to.Properties.FirstOrDefault(member => CanBeSet(member, to) && !member.IsExtensionData && !read.Contains(member.Name)) is { } missing
            ? $"'{path}.{missing.Name}' is read by {TypeName.Of(to.Type)}, but {TypeName.Of(from.Type)} has no such member, so it stays empty. Add the member, or set it with .Select(…) before."
            : null;
    }

    // Types that a reader can't choose between or that lose what a derived type adds.
    static string? Declared(JsonTypeInfo from, JsonTypeInfo to, string path, bool isExact)
    {
        if (to.PolymorphismOptions is null && (to.Type.IsAbstract || to.Type.IsInterface))
            return $"'{path}' is {TypeName.Of(to.Type)}, which is {(to.Type.IsInterface ? "an interface" : "abstract")} and can't be read. Add [JsonDerivedType] for each type that it can be, or use one of them.";
        if (from.Type != to.Type && to.PolymorphismOptions is not null && from.PolymorphismOptions is null)
            return $"'{path}' is written as {TypeName.Of(from.Type)} without the type discriminator that {TypeName.Of(to.Type)} needs. Let the step before give {TypeName.Of(to.Type)}.";
        return from.Type == to.Type && !isExact && from.PolymorphismOptions is null && Derived(from) is { } derived
            ? $"'{path}' is {TypeName.Of(from.Type)}, and what {TypeName.Of(derived)} adds to it is lost. Add [JsonDerivedType(typeof({TypeName.Of(derived)}), \"…\")] to {TypeName.Of(from.Type)}, or seal it."
            : null;
    }

    static string? Unlike(JsonTypeInfo from, JsonTypeInfo to, string path)
    {
        if (Token(from) is not { } written || Token(to) is not { } read || written == read) return null;
        if (read == "a number" && written == "a string" && (to.NumberHandling ?? to.Options.NumberHandling).HasFlag(JsonNumberHandling.AllowReadingFromString)) return null;
        if (from.Kind == JsonTypeInfoKind.Dictionary || to.Kind == JsonTypeInfoKind.Dictionary) return null;
        return $"'{path}' is written by {TypeName.Of(from.Type)} as {written}, and {TypeName.Of(to.Type)} reads {read}.";
    }

    static string? Token(JsonTypeInfo info) => info.Kind switch
    {
        JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
        JsonTypeInfoKind.Enumerable => "an array",
        _ when info.Type.IsEnum => null,
        // A converter of the user's own can write anything.
        _ when info.Converter.GetType().Assembly != typeof(JsonSerializer).Assembly => null,
        _ => Type.GetTypeCode(info.Type) switch
        {
            TypeCode.Boolean => "a boolean",
            TypeCode.String or TypeCode.Char or TypeCode.DateTime => "a string",
            >= TypeCode.SByte and <= TypeCode.Decimal => (info.Options.NumberHandling & JsonNumberHandling.WriteAsString) == 0 ? "a number" : null,
            _ => info.Type == typeof(Guid) || info.Type == typeof(DateTimeOffset) || info.Type == typeof(TimeSpan) || info.Type == typeof(Uri) || info.Type == typeof(byte[]) ? "a string" : null,
        },
    };

    static string? NotAnArray(Type read, string path) =>
        IsOutcome(read) || Type.GetTypeCode(read) != TypeCode.Object ? $"'{path}' is written as an array, and {TypeName.Of(read)} isn't one." : null;

    JsonTypeInfo? InfoOf(Type type)
    {
        try
        {
            return options.GetTypeInfo(type);
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            // PayloadContract reports it.
            return null;
        }
    }

    JsonPropertyInfo? Match(JsonTypeInfo info, string name)
    {
        var comparison = options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return info.Properties.FirstOrDefault(property => property.Name == name) ?? info.Properties.FirstOrDefault(property => property.Name.Equals(name, comparison));
    }

    static bool IsAnything(Type type) =>
        type == typeof(object) || type == typeof(Nothing) || type == typeof(JsonElement) || type == typeof(JsonDocument)
        || type.IsAssignableTo(typeof(System.Text.Json.Nodes.JsonNode)) || type.IsAssignableTo(typeof(Expressions.Data.JsonValue));

    static bool IsOutcome(Type type) => type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(Outcome<>);

    static bool CanBeSet(JsonPropertyInfo property, JsonTypeInfo owner) =>
        property.Set is not null || property.AssociatedParameter is not null
        || (property.Get is not null && (property.ObjectCreationHandling ?? owner.PreferredPropertyObjectCreationHandling ?? owner.Options.PreferredObjectCreationHandling) == JsonObjectCreationHandling.Populate);

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A trimmed program was compiled untrimmed before; a constructor that is gone only means less of a hint.")]
    static string Unset(JsonPropertyInfo property, Type type)
    {
        var parameter = type.GetConstructors().SelectMany(static constructor => constructor.GetParameters()).FirstOrDefault(parameter => parameter.Name!.Equals((property.AttributeProvider as MemberInfo)?.Name, StringComparison.OrdinalIgnoreCase));
        return parameter is null ? "the property has no public setter and no constructor parameter. Add 'init', compute it from other members, or mark it [JsonIgnore]."
            : parameter.ParameterType == property.PropertyType ? $"the serializer doesn't use the constructor with the parameter '{parameter.Name}'. Put [JsonConstructor] on it, or add 'init' to the property."
            : $"the constructor parameter '{parameter.Name}' is {TypeName.Of(parameter.ParameterType)}, and the property is {TypeName.Of(property.PropertyType)}. Give both one type, or add 'init' to the property.";
    }

    static bool IsNeverWritten(JsonPropertyInfo property) =>
        OwnConditionOf(property) is JsonIgnoreCondition.Always or JsonIgnoreCondition.WhenWriting;

    // A member that is left out when it has its type's default is read back as what the reader begins with.
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "A value type can be made without a constructor.")]
    string? Resurrected(JsonTypeInfo from, JsonTypeInfo to, string path)
    {
        object? fresh = null;
        foreach (var member in from.Properties)
        {
            if (ConditionOf(member) is not (JsonIgnoreCondition.WhenWritingDefault or JsonIgnoreCondition.WhenWritingNull) || Match(to, member.Name) is not { } reader) continue;
            var canBeNull = !member.PropertyType.IsValueType || Nullable.GetUnderlyingType(member.PropertyType) is not null;
            if (!canBeNull && ConditionOf(member) == JsonIgnoreCondition.WhenWritingNull) continue;
            object? initial = null;
            if (reader.AssociatedParameter is { IsMemberInitializer: false } parameter) initial = parameter.HasDefaultValue ? parameter.DefaultValue : null;
            else if (reader.Get is { } get && (fresh ??= Made(to)) is { } made) initial = get(made);
            if (initial is null || (!canBeNull && initial.Equals(RuntimeHelpers.GetUninitializedObject(member.PropertyType)))) continue;
            var left = canBeNull ? "null" : member.PropertyType == typeof(bool) ? "false" : "0";
            return $"'{path}.{member.Name}' isn't written when it is {left}, but {TypeName.Of(to.Type)} begins with another value there, so {left} is read back as that value. Remove the condition of [JsonIgnore], or the initial value.";
        }

        return null;
    }

    static object? Made(JsonTypeInfo info)
    {
        try
        {
            return info.CreateObject?.Invoke();
        }
#pragma warning disable CA1031 // A constructor of the user's own may refuse.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    static JsonIgnoreCondition ConditionOf(JsonPropertyInfo member) => OwnConditionOf(member) ?? member.Options.DefaultIgnoreCondition;

    static JsonIgnoreCondition? OwnConditionOf(JsonPropertyInfo member) =>
        member.ShouldSerialize is not null && member.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true) is [JsonIgnoreAttribute { Condition: var condition }, ..] ? condition : null;

    // An auto-property keeps a value, which the reader would have to set; any other getter computes it anew.
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A trimmed program was compiled untrimmed before; a field that is gone only means fewer findings.")]
    static bool IsComputed(JsonPropertyInfo property) =>
        property.AttributeProvider is not PropertyInfo { DeclaringType: { } owner } member
        || owner.GetField($"<{member.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic) is null;

    // On its own, as its assembly is loaded with the method that names it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static string Remedy(Type type) =>
        type == typeof(BigInteger) ? "Use string or long"
        : typeof(ITuple).IsAssignableFrom(type) ? "Use a record, or a tuple of at most 7 elements"
        : "Use another type";

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A trimmed program was compiled untrimmed before; a field that is gone only means fewer findings.")]
    static bool KeepsNothing(JsonTypeInfo info) =>
        info.Type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true
        && (info.Properties.Count > 0 ? info.Properties.All(property => !CanBeSet(property, info)) : !info.Options.IncludeFields && info.Type.GetFields(BindingFlags.Instance | BindingFlags.Public).Length > 0);

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A trimmed program was compiled untrimmed before; a field that is gone only means fewer findings.")]
    static string? Hidden(JsonTypeInfo info)
    {
        if (info.Options.IncludeFields || info.Type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true) return null;
        foreach (var field in info.Type.GetFields(BindingFlags.Instance | BindingFlags.Public))
        {
            if (!field.IsDefined(typeof(JsonIgnoreAttribute), inherit: true) && !field.IsDefined(typeof(JsonIncludeAttribute), inherit: true)) return field.Name;
        }

        return null;
    }

    // A type derived from a payload in the same assembly that adds members of its own.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Guarded by the switch that turns reflection off when trimming.")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Guarded by the switch that turns reflection off when trimming.")]
    static Type? Derived(JsonTypeInfo info)
    {
        var type = info.Type;
        if (!JsonSerializer.IsReflectionEnabledByDefault || !type.IsClass || type.IsSealed || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true) return null;
        try
        {
            return Array.Find(
                type.Assembly.GetTypes(),
                candidate => candidate.IsSubclassOf(type) && candidate.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Length > 0);
        }
        catch (ReflectionTypeLoadException)
        {
            return null;
        }
    }
}
