using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orkestra.Authoring.Payloads;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring;

/// <summary>
/// Turns C# values into payloads and back with System.Text.Json. Tuples travel as arrays, <see cref="Outcome{T}"/> as <c>{"Value": …}</c> or
/// <c>{"Error": …, "Cause": …}</c>, <see cref="Nothing"/> as <c>null</c>.
/// </summary>
public sealed class PayloadSerializer
{
    // Tells apart a limit of the payload's depth from the serializer's default of 64, which a deep but lawful payload may pass.
    const int MaxDepth = 1000;

    readonly ConcurrentDictionary<Type, bool> checkedTypes = new();

    /// <summary>A serializer.</summary>
    /// <param name="options">
    /// The options to use, copied; with a source-generated context those of the context (<c>MyContext.Default.Options</c>). Web defaults (camel case, names read in
    /// any case) when null, which needs reflection. A type discriminator is read wherever it stands in an object.
    /// </param>
    public PayloadSerializer(JsonSerializerOptions? options = null)
    {
        Options = options is null ? new JsonSerializerOptions(JsonSerializerDefaults.Web) : new JsonSerializerOptions(options);
        if (options is null || options.MaxDepth == 0) Options.MaxDepth = MaxDepth;
        // The members of an object have no order: what a service or an expression writes can have the type discriminator anywhere.
        Options.AllowOutOfOrderMetadataProperties = true;
        var own = options?.TypeInfoResolver ?? Reflection();
        Options.TypeInfoResolver = own is null ? PayloadTypes.Resolver : JsonTypeInfoResolver.Combine(PayloadTypes.Resolver, own);
        Options.MakeReadOnly();
    }

    /// <summary>The serializer of workflows that name no options.</summary>
    public static PayloadSerializer Default { get; } = new();

    /// <summary>The options in use. They are read-only.</summary>
    public JsonSerializerOptions Options { get; }

    /// <summary>Makes a payload of a value.</summary>
    /// <exception cref="PayloadException">The type, or a value in it, has no JSON form.</exception>
    public JsonValue Serialize<T>(T value)
    {
        if (value is JsonValue payload) return payload;
        try
        {
            return value switch
            {
                null or Nothing => JsonValue.Null,
                string text => text,
                int number => number,
                bool boolean => boolean,
                _ => JsonValue.Parse(JsonSerializer.SerializeToUtf8Bytes(value, Written(value))),
            };
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException or ArgumentException or JsonFormatException)
        {
            var type = KnownContract(typeof(T));
            throw new PayloadException(
                $"A value of type {TypeName.Of(typeof(T))} cannot be written as JSON: {PayloadProblem.Sentence(exception, type, null)}",
                PayloadProblem.IsFreeOfContent(exception, type) ? exception : null);
        }
    }

    /// <summary>Reads a payload as a value.</summary>
    /// <exception cref="PayloadException">The payload does not fit the type.</exception>
    public T Deserialize<T>(JsonValue payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        // A step over `object?` gets what System.Text.Json gives for object: a JsonElement, or null.
        if (typeof(T) == typeof(object)) return payload is JsonNull ? default! : (T)(object)JsonSerializer.Deserialize(payload.ToUtf8Bytes(), Contract<JsonElement>());
        if (payload is T same) return same;
        if (typeof(T) == typeof(Nothing)) return default!;
        if (payload is JsonString text && typeof(T) == typeof(string)) return (T)(object)text.Value;
        try
        {
            return JsonSerializer.Deserialize(payload.ToUtf8Bytes(), Contract<T>())!;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw Misfit(payload, typeof(T), exception);
        }
    }

    /// <summary>Checks that a payload can be read as a value of a type.</summary>
    /// <exception cref="PayloadException">The payload does not fit the type.</exception>
    internal void Check(JsonValue payload, Type type)
    {
        if (type == typeof(object) || type == typeof(Nothing) || type.IsInstanceOfType(payload)) return;
        try
        {
            JsonSerializer.Deserialize(payload.ToUtf8Bytes(), Options.GetTypeInfo(type));
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw Misfit(payload, type, exception);
        }
    }

    PayloadException Misfit(JsonValue payload, Type read, Exception exception)
    {
        var type = KnownContract(read);
        return new PayloadException(
            $"The payload is {PayloadProblem.KindOf(payload)} and does not fit the type {TypeName.Of(read)}: {PayloadProblem.Sentence(exception, type, payload)}",
            PayloadProblem.IsFreeOfContent(exception, type) ? exception : null);
    }

    // What is only known as an object is looked at when it comes: a task in it was not awaited, a delegate in it has no JSON form.
    JsonTypeInfo<T> Written<T>(T value)
    {
        if (typeof(T) == typeof(object) && checkedTypes.TryAdd(value!.GetType(), true) && PayloadContract.Problem(value.GetType(), this) is { } problem)
        {
            checkedTypes.TryRemove(value.GetType(), out _);
            throw new InvalidOperationException($"It is {TypeName.Of(value.GetType())}, {problem}");
        }

        return Contract<T>();
    }

    JsonTypeInfo<T> Contract<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    // A contract that cannot be made is the problem itself.
    JsonTypeInfo? KnownContract(Type type)
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

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Guarded by the switch that turns reflection off under Native AOT.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Guarded by the switch that turns reflection off when trimming.")]
    static DefaultJsonTypeInfoResolver? Reflection() => JsonSerializer.IsReflectionEnabledByDefault ? new DefaultJsonTypeInfoResolver() : null;
}
