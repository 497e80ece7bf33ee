using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orkestra.Expressions.Data;

/// <summary>Lets <see cref="JsonValue"/> stand in types that System.Text.Json reads and writes.</summary>
public sealed class JsonValueConverter : JsonConverter<JsonValue>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeof(JsonValue).IsAssignableFrom(typeToConvert);

    /// <inheritdoc/>
    public override JsonValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonValue.From(JsonElement.ParseValue(ref reader));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonValue value, JsonSerializerOptions options) =>
        writer.WriteRawValue((value ?? JsonNull.Instance).ToUtf8Bytes(), skipInputValidation: true);
}
