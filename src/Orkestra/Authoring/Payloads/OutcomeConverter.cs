using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Orkestra.Authoring.Payloads;

/// <summary>Reads and writes an <see cref="Outcome{T}"/>: <c>{"Value": …}</c> or <c>{"Error": …, "Cause": …}</c>.</summary>
internal sealed class OutcomeConverter<T> : JsonConverter<Outcome<T>>
{
    public override Outcome<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw Unlike();
        Outcome<T>? success = null;
        string? error = null, cause = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "Value":
                    success = Outcome<T>.OfValue(JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)))!);
                    break;
                case "Error" when reader.TokenType is JsonTokenType.String:
                    error = reader.GetString();
                    break;
                case "Cause" when reader.TokenType is JsonTokenType.String or JsonTokenType.Null:
                    cause = reader.GetString();
                    break;
                default:
                    throw Unlike();
            }
        }

        if (success is not null && error is null && cause is null) return success;
        return success is null && error is not null ? Outcome<T>.OfFailure(new Failure(error, cause)) : throw Unlike();
    }

    public override void Write(Utf8JsonWriter writer, Outcome<T> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.IsSuccess)
        {
            writer.WritePropertyName("Value");
            JsonSerializer.Serialize(writer, value.Value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
        }
        else
        {
            writer.WriteString("Error", value.Error);
            if (value.Cause is not null) writer.WriteString("Cause", value.Cause);
        }

        writer.WriteEndObject();
    }

    static JsonException Unlike() => new("An outcome is an object with either the member 'Value' or the members 'Error' and 'Cause', and nothing else.");
}

/// <summary>Lets options of the user's own read and write outcomes.</summary>
internal sealed class OutcomeConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsConstructedGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Outcome<>);

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Composition registers the outcomes it makes; the reflection is only for other types.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The converter has no requirements on its type argument.")]
    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => PayloadTypes.OutcomeConverterOf(typeToConvert);
}
