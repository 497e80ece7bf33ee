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
    static readonly ConcurrentDictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo>> Known = new();

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

    /// <summary>Makes <see cref="Caught{T}"/> known.</summary>
    public static void Caught<T>() => Known.TryAdd(typeof(Caught<T>), static options => JsonMetadataServices.CreateObjectInfo(options, new JsonObjectInfoValues<Caught<T>>
    {
        ObjectWithParameterizedConstructorCreator = static arguments => new Caught<T>((T)arguments[0]!, (Failure)arguments[1]!),
        ConstructorParameterMetadataInitializer = static () =>
        [
            new JsonParameterInfoValues { Name = nameof(Authoring.Caught<>.Input), ParameterType = typeof(T), Position = 0, IsNullable = true },
            new JsonParameterInfoValues { Name = nameof(Authoring.Caught<>.Failure), ParameterType = typeof(Failure), Position = 1 },
        ],
        PropertyMetadataInitializer = _ => [Member(options, nameof(Authoring.Caught<>.Input), static (Caught<T> caught) => caught.Input), Member(options, nameof(Authoring.Caught<>.Failure), static (Caught<T> caught) => caught.Failure)],
    }));

    static JsonPropertyInfo Member<T, TMember>(JsonSerializerOptions options, string name, Func<Caught<T>, TMember> get) => JsonMetadataServices.CreatePropertyInfo(options, new JsonPropertyInfoValues<TMember>
    {
        IsProperty = true,
        IsPublic = true,
        DeclaringType = typeof(Caught<T>),
        PropertyName = name,
        JsonPropertyName = name,
        Getter = caught => get((Caught<T>)caught),
    });

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
        if (CustomConverter(type, options) is not null) return null;
        if (Simple(type, options) is { } simple) return simple;
        if (Known.TryGetValue(type, out var make)) return make(options);
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

    // A chain of tests instead of a table: only what is used is ever compiled.
    static JsonTypeInfo? Simple(Type type, JsonSerializerOptions options)
    {
        if (type == typeof(Nothing)) return JsonMetadataServices.CreateValueInfo<Nothing>(options, new NothingConverter());
        if (type == typeof(object)) return JsonMetadataServices.CreateValueInfo<object?>(options, JsonMetadataServices.ObjectConverter);
        if (type == typeof(string)) return JsonMetadataServices.CreateValueInfo<string>(options, JsonMetadataServices.StringConverter!);
        if (type == typeof(bool)) return JsonMetadataServices.CreateValueInfo<bool>(options, JsonMetadataServices.BooleanConverter);
        if (type == typeof(int)) return JsonMetadataServices.CreateValueInfo<int>(options, JsonMetadataServices.Int32Converter);
        if (type == typeof(long)) return JsonMetadataServices.CreateValueInfo<long>(options, JsonMetadataServices.Int64Converter);
        if (type == typeof(double)) return JsonMetadataServices.CreateValueInfo<double>(options, JsonMetadataServices.DoubleConverter);
        if (type == typeof(float)) return JsonMetadataServices.CreateValueInfo<float>(options, JsonMetadataServices.SingleConverter);
        if (type == typeof(decimal)) return JsonMetadataServices.CreateValueInfo<decimal>(options, JsonMetadataServices.DecimalConverter);
        if (type == typeof(Guid)) return JsonMetadataServices.CreateValueInfo<Guid>(options, JsonMetadataServices.GuidConverter);
        if (type == typeof(DateTime)) return JsonMetadataServices.CreateValueInfo<DateTime>(options, JsonMetadataServices.DateTimeConverter);
        if (type == typeof(DateTimeOffset)) return JsonMetadataServices.CreateValueInfo<DateTimeOffset>(options, JsonMetadataServices.DateTimeOffsetConverter);
        if (type == typeof(TimeSpan)) return JsonMetadataServices.CreateValueInfo<TimeSpan>(options, JsonMetadataServices.TimeSpanConverter);
        if (type == typeof(Uri)) return JsonMetadataServices.CreateValueInfo<Uri>(options, JsonMetadataServices.UriConverter!);
        if (type == typeof(JsonElement)) return JsonMetadataServices.CreateValueInfo<JsonElement>(options, JsonMetadataServices.JsonElementConverter);
        if (type == typeof(System.Text.Json.Nodes.JsonNode)) return JsonMetadataServices.CreateValueInfo<System.Text.Json.Nodes.JsonNode>(options, JsonMetadataServices.JsonNodeConverter!);
        if (type == typeof(JsonValue)) return JsonMetadataServices.CreateValueInfo<JsonValue>(options, new JsonValueConverter());
        if (type == typeof(Failure)) return JsonMetadataServices.CreateValueInfo<Failure>(options, new FailureConverter());
        return null;
    }

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
