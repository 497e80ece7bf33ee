using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orkestra.Authoring.Payloads;

/// <summary>Reads and writes a <see cref="Failure"/> with the names the language gives its members, whatever the naming policy.</summary>
internal sealed class FailureConverter : JsonConverter<Failure>
{
    public override Failure Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("Error", out var error) || error.ValueKind != JsonValueKind.String)
            throw new JsonException("An error is an object with the members 'Error' and 'Cause'.");
        return new Failure(error.GetString()!, root.TryGetProperty("Cause", out var cause) && cause.ValueKind == JsonValueKind.String ? cause.GetString() : null);
    }

    public override void Write(Utf8JsonWriter writer, Failure value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("Error", value.Error);
        if (value.Cause is not null) writer.WriteString("Cause", value.Cause);
        writer.WriteEndObject();
    }
}
