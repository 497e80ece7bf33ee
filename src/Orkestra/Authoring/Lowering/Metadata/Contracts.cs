using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orkestra.Authoring.Lowering.Methods;

namespace Orkestra.Authoring.Lowering.Metadata;

/// <summary>How the serializer writes types: the names of members, whether they can be missing, what is no object.</summary>
internal sealed class Contracts
{
    public Contracts(JsonSerializerOptions options)
    {
        if (options.TypeInfoResolver is null && Reflection() is { } resolver) options = new JsonSerializerOptions(options) { TypeInfoResolver = resolver };
        Options = options;
    }

    public JsonSerializerOptions Options { get; }

    /// <summary>Anonymous types whose members are named as they are written, whatever the naming policy: they are made for a service and not for a payload.</summary>
    public IReadOnlySet<Type> AsWritten { get; init; } = FrozenSet<Type>.Empty;

    /// <summary>A name as the naming policy has it.</summary>
    public string Named(string name) => Options.PropertyNamingPolicy?.ConvertName(name) ?? name;

    /// <summary>How a type is written; null when the serializer does not know it, or can't write it.</summary>
    public JsonTypeInfo? InfoOf(Type type)
    {
        try
        {
            return Options.TryGetTypeInfo(type, out var info) ? info : null;
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether a value of the type may be a JSON array.</summary>
    public bool MayBeArray(Type type)
    {
        type = Types.Unwrap(type);
        if (Types.IsScalar(type) || Types.IsMoment(type) || Types.IsGrouping(type) || OutcomeMembers.Is(type)) return false;
        if (Types.IsArray(type) || Types.IsUntyped(type)) return true;
        if (Types.IsAnonymous(type) || Types.IsDictionary(type) || type.Namespace == nameof(System)) return false;
        return InfoOf(type) is { Kind: JsonTypeInfoKind.None or JsonTypeInfoKind.Enumerable };
    }

    /// <summary>The member that an expression reads.</summary>
    /// <exception cref="WorkflowException">It is not in the JSON.</exception>
    public Member MemberOf(Type owner, MemberExpression access)
    {
        var member = access.Member;
        if (Types.IsAnonymous(owner) || Types.IsDefinedBy(owner, typeof(KeyValuePair<,>))) return Inferred(member.Name, access.Type, owner);
        var info = InfoOf(owner) ?? throw (owner.Namespace?.StartsWith(nameof(System), StringComparison.Ordinal) == true ? Refusal.Of(access, $"{TypeName.Of(owner)} has no JSON form that JSONata could read") : Refusal.Of(
            access, $"the serializer does not know the type {TypeName.Of(owner)}", $"Add [JsonSerializable(typeof({TypeName.Of(owner)}))] to its context."));
        if (info.Kind != JsonTypeInfoKind.Object)
            throw Refusal.Of(access, $"{TypeName.Of(owner)} is written by {TypeName.Of(info.Converter.GetType())}, so '{member.Name}' is not a member of its JSON");
        var property = PropertyOf(info, member);
        if (property?.Get is null || property.IsExtensionData || IsNeverWritten(property))
            throw Refusal.Of(access, $"'{member.Name}' is not written to JSON (it is ignored, not public or not a property)", "Let the serializer write it, or use a Step.");
        if (Types.IsNumber(Types.Unwrap(property.PropertyType)) && WritesNumbersAsText(info, property))
            throw Refusal.Of(access, $"'{member.Name}' is a number that is written as a text");
        return Described(property);
    }

    /// <summary>A serialised member by its C# name.</summary>
    public static JsonPropertyInfo? PropertyOf(JsonTypeInfo info, MemberInfo member)
    {
        foreach (var property in info.Properties)
        {
            if (property.AttributeProvider is MemberInfo own && own.Name == member.Name) return property;
        }

        // A contract that does not say which members it came from: go by the name.
        var name = member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? info.Options.PropertyNamingPolicy?.ConvertName(member.Name) ?? member.Name;
        return info.Properties.FirstOrDefault(property => property.AttributeProvider is null && property.Name == name);
    }

    public static Member Described(JsonPropertyInfo property)
    {
        var type = property.PropertyType;
        var omission = OmissionOf(property);
        var traits = Types.IsNullable(type) || (!type.IsValueType && property.IsGetNullable) ? Traits.MayBeNull | Traits.MayBeAbsent : Traits.None;
        if (Omits(omission, type)) traits |= Traits.MayBeAbsent | Traits.Omitted | (type.IsValueType && !Types.IsNullable(type) ? Traits.None : Traits.MayBeNull);
        return new(property.Name, type, traits, Omits(omission, type) ? omission : JsonIgnoreCondition.Never, property.CustomConverter);
    }

    /// <summary>A member of a type that needs no contract, such as an anonymous one.</summary>
    public Member Inferred(string name, Type type, Type owner)
    {
        var omission = Options.DefaultIgnoreCondition;
        var omits = Omits(omission, type);
        var traits = Types.IsNullable(type) ? Traits.MayBeNull | Traits.MayBeAbsent : Traits.None;
        if (omits) traits |= Traits.MayBeAbsent | Traits.Omitted | (type.IsValueType && !Types.IsNullable(type) ? Traits.None : Traits.MayBeNull);
        return new(AsWritten.Contains(owner) ? name : Named(name), type, traits, omits ? omission : JsonIgnoreCondition.Never);
    }

    public static bool IsNeverWritten(JsonPropertyInfo property) =>
        ConditionOf(property) is JsonIgnoreCondition.Always or JsonIgnoreCondition.WhenWriting;

    static bool Omits(JsonIgnoreCondition condition, Type type) => condition switch
    {
        JsonIgnoreCondition.WhenWritingNull => !type.IsValueType || Types.IsNullable(type),
        JsonIgnoreCondition.WhenWritingDefault => true,
        _ => false,
    };

    static JsonIgnoreCondition OmissionOf(JsonPropertyInfo property) => ConditionOf(property) ?? property.Options.DefaultIgnoreCondition;

    static JsonIgnoreCondition? ConditionOf(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true) is [JsonIgnoreAttribute ignore, ..] ? ignore.Condition : null;

    static bool WritesNumbersAsText(JsonTypeInfo info, JsonPropertyInfo property) =>
        ((property.NumberHandling ?? info.NumberHandling ?? info.Options.NumberHandling) & JsonNumberHandling.WriteAsString) != 0;

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Guarded by the switch that turns reflection off under Native AOT.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Guarded by the switch that turns reflection off when trimming.")]
    static DefaultJsonTypeInfoResolver? Reflection() => JsonSerializer.IsReflectionEnabledByDefault ? new DefaultJsonTypeInfoResolver() : null;
}
