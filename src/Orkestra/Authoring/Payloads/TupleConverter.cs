using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orkestra.Authoring.Payloads;

/// <summary>Reads and writes a tuple as a JSON array of its items.</summary>
internal sealed class TupleConverter<TTuple>(Type[] items, Func<object?[], TTuple> make) : JsonConverter<TTuple>
    where TTuple : struct, ITuple
{
    public override TTuple Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw Unlike();
        var values = new object?[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray) throw Unlike();
            values[i] = JsonSerializer.Deserialize(ref reader, options.GetTypeInfo(items[i]));
        }

        return reader.Read() && reader.TokenType == JsonTokenType.EndArray ? make(values) : throw Unlike();
    }

    public override void Write(Utf8JsonWriter writer, TTuple value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        for (var i = 0; i < items.Length; i++) JsonSerializer.Serialize(writer, value[i], options.GetTypeInfo(items[i]));
        writer.WriteEndArray();
    }

    JsonException Unlike() => new($"A tuple of {items.Length} items is an array with {items.Length} elements.");
}
