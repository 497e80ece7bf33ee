using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Payloads;

/// <summary>
/// Compares an input that a person wrote with the type that reads it, by the serializer's contract: members that the type doesn't have, which are mostly misspelled, and members
/// that are missing although the type has neither a default nor a null for them, or null although the type does not allow it. The serializer itself accepts all of them.
/// </summary>
internal static class InputContract
{
    /// <exception cref="PayloadException">
    /// The input cannot be read as the type, or, unless readers are tolerant, has other members than the type, or lacks one that an expression reads.
    /// </exception>
    public static void Check(JsonValue input, Type type, PayloadSerializer serializer, bool isTolerant, Func<IReadOnlySet<string>> reads)
    {
        serializer.Check(input, type);
        if (isTolerant || type == typeof(Nothing)) return;
        var problem = Problem(input, type, serializer.Options);
        if (problem is null && type != typeof(object) && reads() is { Count: > 0 } names) problem = RawReads.Problem(input, RawReads.Canonical(input, type, serializer.Options), names);
        if (problem is not null) throw new PayloadException(problem);
    }

    /// <summary>Whether a workflow says by its annotations that its input is never null. The compiler writes them into an attribute: a byte for each type that is named, the workflow's base first and its input next.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "Without the attribute null is accepted.")]
    public static bool RefusesNull(Type workflow)
    {
        const byte notNull = 1;
        var owner = workflow;
        while (owner.BaseType is { } inherited && !(inherited.IsConstructedGenericType && inherited.GetGenericTypeDefinition() == typeof(Workflow<,>))) owner = inherited;
        if (owner.IsGenericType || owner.BaseType is not { } declared || declared.GetGenericArguments()[0].IsValueType || declared.GetGenericArguments()[0] == typeof(object)) return false;
        return owner.CustomAttributes.FirstOrDefault(static attribute => attribute.AttributeType.FullName == "System.Runtime.CompilerServices.NullableAttribute")?.ConstructorArguments[0].Value switch
        {
            IReadOnlyList<CustomAttributeTypedArgument> { Count: > 1 } flags => flags[1].Value is notNull,
            byte flag => flag == notNull,
            _ => false,
        };
    }

    /// <summary>The first problem as a sentence with its path; null when there is none.</summary>
    public static string? Problem(JsonValue input, Type type, JsonSerializerOptions options, string path = "$")
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (PayloadTypes.IsTuple(type) && input is JsonArray items)
        {
            var types = type.GetGenericArguments();
            for (var i = 0; i < Math.Min(items.Count, types.Length); i++)
            {
                if (Problem(items[i], types[i], options, $"{path}[{i}]") is { } problem) return problem;
            }

            return null;
        }

        if (!options.TryGetTypeInfo(type, out var info)) return null;
        switch (info.Kind, input)
        {
            case (JsonTypeInfoKind.Object, JsonObject value):
                return Object(value, info, path);
            case (JsonTypeInfoKind.Enumerable, JsonArray array) when info.ElementType is { } element:
                for (var i = 0; i < array.Count; i++)
                {
                    if (Problem(array[i], element, options, $"{path}[{i}]") is { } problem) return problem;
                }

                return null;
            case (JsonTypeInfoKind.Dictionary, JsonObject pairs) when info.ElementType is { } element:
                foreach (var (name, value) in pairs)
                {
                    if (Problem(value, element, options, $"{path}.{name}") is { } problem) return problem;
                }

                return null;
            default:
                return null;
        }
    }

    static string? Object(JsonObject value, JsonTypeInfo info, string path)
    {
        var options = info.Options;
        string? discriminator = null;
        if (info.PolymorphismOptions is { } polymorphism)
        {
            discriminator = polymorphism.TypeDiscriminatorPropertyName;
            var named = value[discriminator] switch { JsonString text => text.Value, JsonNumber number => number.ToJson(), _ => null };
            var derived = polymorphism.DerivedTypes.FirstOrDefault(candidate => $"{candidate.TypeDiscriminator}" == named).DerivedType;
            if (derived is not null && derived != info.Type && options.TryGetTypeInfo(derived, out var derivedInfo)) info = derivedInfo;
        }

        var comparison = options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        JsonPropertyInfo? Find(string name) => info.Properties.FirstOrDefault(property => property.Name.Equals(name, comparison));
        foreach (var (name, member) in value)
        {
            if (name == discriminator) continue;
            if (Find(name) is { } property)
            {
                if (member is JsonNull && property.CustomConverter is null && !CanBeNull(property))
                    return $"'{path}.{name}' is null, and {TypeName.Of(info.Type)} doesn't allow that. Give it a value, or make the member nullable in {TypeName.Of(info.Type)}.";
                if (property.CustomConverter is null && Problem(member, property.PropertyType, options, $"{path}.{name}") is { } problem) return problem;
                continue;
            }

            if (info.Properties.Any(static candidate => candidate.IsExtensionData)) continue;
            return SimilarName.Of(name, info.Properties.Select(static candidate => candidate.Name)) is { } near
                ? $"{TypeName.Of(info.Type)} has no member '{name}' (at '{path}'). Did you mean '{near}'?"
                : $"{TypeName.Of(info.Type)} has no member '{name}' (at '{path}'). It has {string.Join(", ", info.Properties.Select(static candidate => $"'{candidate.Name}'"))}.";
        }

        foreach (var property in info.Properties)
        {
            if (!IsNeeded(property) || value.Any(member => member.Key.Equals(property.Name, comparison))) continue;
            return $"'{path}.{property.Name}' is missing: {TypeName.Of(info.Type)} needs it and has no default for it. Add it, or give it a default value in {TypeName.Of(info.Type)}.";
        }

        return null;
    }

    // As the code is annotated; where it isn't, anything can be null.
    static bool CanBeNull(JsonPropertyInfo property) => property.AssociatedParameter?.IsNullable ?? property.IsSetNullable;

    static bool IsNeeded(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false, IsMemberInitializer: false };
}
