using System.Text.Json.Serialization;

namespace Orkestra.Authoring.Lowering.Metadata;

/// <summary>A member of a C# type as the payload has it.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Type">Its C# type.</param>
/// <param name="Traits">Whether it may be null, absent or left out by the serializer.</param>
/// <param name="Omission">When the serializer leaves it out.</param>
/// <param name="Converter">A converter of its own, if it has one.</param>
internal sealed record Member(string Name, Type Type, Traits Traits, JsonIgnoreCondition Omission = JsonIgnoreCondition.Never, JsonConverter? Converter = null);
