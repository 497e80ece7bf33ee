using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orkestra.Authoring;
using Orkestra.Expressions.Data;

namespace Orkestra.Testing;

/// <summary>Refuses an answer that the step of the state cannot give: of another type, with a member that the type does not have, or without one that it needs.</summary>
internal static class AnswerContract
{
    static readonly ConditionalWeakTable<PayloadSerializer, JsonSerializerOptions> Strict = [];

    internal static void Check(string state, IStep step, JsonValue answer, PayloadSerializer serializer)
    {
        var type = step.OutputType;
        if (type == typeof(object) || type == typeof(Nothing) || step.RunsEachRecord || type.IsInstanceOfType(answer)) return;
        try
        {
            JsonSerializer.Deserialize(answer.ToUtf8Bytes(), Strict.GetValue(serializer, static lenient => StrictOptions(lenient)).GetTypeInfo(type));
        }
        catch (JsonException exception)
        {
            throw new ArgumentException(
                $"The answer of the state '{state}' does not fit {type.Name}, which the step '{step.Name}' gives: {exception.Message} To answer what the step would never give, use a function: Answer(\"{state}\", _ => …).",
                nameof(answer),
                exception);
        }
    }

    static JsonSerializerOptions StrictOptions(PayloadSerializer serializer)
    {
        var options = new JsonSerializerOptions(serializer.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true };
        options.TypeInfoResolver = options.TypeInfoResolver?.WithAddedModifier(Require);
        return options;
    }

    // The members without a default that cannot be null.
    static void Require(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object) return;
        foreach (var property in info.Properties)
        {
            if (property.Set is not null && property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false, IsMemberInitializer: false }) property.IsRequired = true;
        }
    }
}
