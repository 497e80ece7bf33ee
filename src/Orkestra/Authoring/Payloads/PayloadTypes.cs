using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Payloads;

/// <summary>
/// How the types that composition itself makes travel as JSON: outcomes, tuples, arrays of a Map. Composition registers them from generic code, where
/// the compiler knows them, so Native AOT finds them without a line in the user's <see cref="JsonSerializerContext"/>.
/// </summary>
internal sealed class PayloadTypes : IJsonTypeInfoResolver
{
    static readonly ConcurrentDictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo>> Known = new()
    {
        [typeof(Nothing)] = static options => JsonMetadataServices.CreateValueInfo<Nothing>(options, new NothingConverter()),
        [typeof(object)] = static options => JsonMetadataServices.CreateValueInfo<object?>(options, JsonMetadataServices.ObjectConverter),
        [typeof(string)] = static options => JsonMetadataServices.CreateValueInfo<string>(options, JsonMetadataServices.StringConverter!),
        [typeof(bool)] = static options => JsonMetadataServices.CreateValueInfo<bool>(options, JsonMetadataServices.BooleanConverter),
        [typeof(int)] = static options => JsonMetadataServices.CreateValueInfo<int>(options, JsonMetadataServices.Int32Converter),
        [typeof(long)] = static options => JsonMetadataServices.CreateValueInfo<long>(options, JsonMetadataServices.Int64Converter),
        [typeof(double)] = static options => JsonMetadataServices.CreateValueInfo<double>(options, JsonMetadataServices.DoubleConverter),
        [typeof(float)] = static options => JsonMetadataServices.CreateValueInfo<float>(options, JsonMetadataServices.SingleConverter),
        [typeof(decimal)] = static options => JsonMetadataServices.CreateValueInfo<decimal>(options, JsonMetadataServices.DecimalConverter),
        [typeof(Guid)] = static options => JsonMetadataServices.CreateValueInfo<Guid>(options, JsonMetadataServices.GuidConverter),
        [typeof(DateTime)] = static options => JsonMetadataServices.CreateValueInfo<DateTime>(options, JsonMetadataServices.DateTimeConverter),
        [typeof(DateTimeOffset)] = static options => JsonMetadataServices.CreateValueInfo<DateTimeOffset>(options, JsonMetadataServices.DateTimeOffsetConverter),
        [typeof(TimeSpan)] = static options => JsonMetadataServices.CreateValueInfo<TimeSpan>(options, JsonMetadataServices.TimeSpanConverter),
        [typeof(Uri)] = static options => JsonMetadataServices.CreateValueInfo<Uri>(options, JsonMetadataServices.UriConverter!),
        [typeof(JsonElement)] = static options => JsonMetadataServices.CreateValueInfo<JsonElement>(options, JsonMetadataServices.JsonElementConverter),
        [typeof(System.Text.Json.Nodes.JsonNode)] = static options => JsonMetadataServices.CreateValueInfo<System.Text.Json.Nodes.JsonNode>(options, JsonMetadataServices.JsonNodeConverter!),
        [typeof(JsonValue)] = static options => JsonMetadataServices.CreateValueInfo<JsonValue>(options, new JsonValueConverter()),
        [typeof(Failure)] = static options => JsonMetadataServices.CreateValueInfo<Failure>(options, new FailureConverter()),
    };

    static readonly ConcurrentDictionary<Type, JsonConverter> OutcomeConverters = new();

    PayloadTypes()
    {
    }

    public static PayloadTypes Resolver { get; } = new();

    /// <summary>Makes <see cref="Outcome{T}"/> known.</summary>
    public static void Outcome<T>()
    {
        OutcomeConverters.TryAdd(typeof(Outcome<T>), new OutcomeConverter<T>());
        Known.TryAdd(typeof(Outcome<T>), static options => JsonMetadataServices.CreateValueInfo<Outcome<T>>(options, new OutcomeConverter<T>()));
    }

    /// <summary>Makes the array of a Map's outputs known.</summary>
    public static void Array<T>()
    {
        // Reflection knows arrays already, and a context's own description of one comes first where it has one.
        if (JsonSerializer.IsReflectionEnabledByDefault) return;
        Known.TryAdd(typeof(T[]), static options => JsonMetadataServices.CreateArrayInfo<T>(options, new JsonCollectionInfoValues<T[]>()));
    }

    /// <summary>Makes a tuple known.</summary>
    public static void Tuple<TTuple>(Func<object?[], TTuple> make, params Type[] items)
        where TTuple : struct, ITuple =>
        Known.TryAdd(typeof(TTuple), options => JsonMetadataServices.CreateValueInfo<TTuple>(options, new TupleConverter<TTuple>(items, make)));

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        if (Known.TryGetValue(type, out var make)) return CustomConverter(type, options) is null ? make(options) : null;
        if (!type.IsConstructedGenericType || !JsonSerializer.IsReflectionEnabledByDefault) return null;
        if (IsTuple(type)) return Reflected(type, options);
        return null;
    }

    [RequiresDynamicCode("Makes a converter for a type that composition did not register.")]
    [RequiresUnreferencedCode("Makes a converter for a type that composition did not register.")]
    public static JsonConverter OutcomeConverterOf(Type type) =>
        OutcomeConverters.GetOrAdd(type, static type => (JsonConverter)Activator.CreateInstance(typeof(OutcomeConverter<>).MakeGenericType(type.GetGenericArguments()))!);

    internal static bool IsTuple(Type type) =>
        type.IsValueType && type.IsConstructedGenericType && type.GetGenericArguments().Length is > 0 and < 8 && type.IsAssignableTo(typeof(ITuple));

    // A converter the user chose for a type stays in charge of it.
    static JsonConverter? CustomConverter(Type type, JsonSerializerOptions options)
    {
        foreach (var converter in options.Converters)
        {
            if (converter.CanConvert(type)) return converter;
        }

        return null;
    }

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only reached where reflection is on.")]
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "Only reached where reflection is on.")]
    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "Only reached where reflection is on.")]
    [UnconditionalSuppressMessage("Trimming", "IL2071", Justification = "Only reached where reflection is on.")]
    static JsonTypeInfo Reflected(Type type, JsonSerializerOptions options) =>
        (JsonTypeInfo)typeof(PayloadTypes).GetMethod(nameof(ReflectedTuple), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!
            .MakeGenericMethod(type).Invoke(null, [options])!;

    static JsonTypeInfo<TTuple> ReflectedTuple<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TTuple>(JsonSerializerOptions options)
        where TTuple : struct, ITuple =>
        JsonMetadataServices.CreateValueInfo<TTuple>(
            options,
            new TupleConverter<TTuple>(typeof(TTuple).GetGenericArguments(), static values => (TTuple)Activator.CreateInstance(typeof(TTuple), values)!));
}
