using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orkestra.Authoring.Payloads;
using Orkestra.Expressions.Data;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace Orkestra.Authoring.Envelopes;

/// <summary>What a step needs from an envelope.</summary>
/// <param name="TypeName">The type it takes, for messages.</param>
/// <param name="Many">Whether it takes all records at once.</param>
/// <param name="Text">Whether it takes a record's text as it is; JSON otherwise.</param>
internal readonly record struct EnvelopeTarget(string TypeName, bool Many, bool Text)
{
    public static EnvelopeTarget Of(Type type, JsonSerializerOptions options)
    {
        if (type == typeof(object) || type.IsAssignableTo(typeof(JsonValue)) || type == typeof(JsonElement) || type.IsAssignableTo(typeof(JsonNode)) || PayloadTypes.IsTuple(type))
            return new(Authoring.TypeName.Of(type), Many: true, Text: false);
        var info = options.GetTypeInfo(type);
        return new(Authoring.TypeName.Of(type), info.Kind == JsonTypeInfoKind.Enumerable, type == typeof(string) || info.ElementType == typeof(string));
    }
}
