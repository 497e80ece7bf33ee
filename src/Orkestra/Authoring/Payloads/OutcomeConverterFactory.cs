using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orkestra.Authoring.Payloads;

/// <summary>Lets options of the user's own read and write outcomes.</summary>
internal sealed class OutcomeConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsConstructedGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Outcome<>);

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Composition registers the outcomes it makes; the reflection is only for other types.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The converter has no requirements on its type argument.")]
    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => PayloadTypes.OutcomeConverterOf(typeToConvert);
}
