using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orkestra.Authoring.Payloads;

/// <summary>Writes <see cref="Nothing"/> as <c>null</c> and reads it from anything.</summary>
internal sealed class NothingConverter : JsonConverter<Nothing>
{
    public override bool HandleNull => true;

    public override Nothing Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Skip();
        return default;
    }

    public override void Write(Utf8JsonWriter writer, Nothing value, JsonSerializerOptions options) => writer.WriteNullValue();
}
