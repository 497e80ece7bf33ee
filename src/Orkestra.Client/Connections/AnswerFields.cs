using Orkestra.Expressions.Data;

namespace Orkestra.Client.Connections;

/// <summary>The texts of what the service is asked and answers.</summary>
internal static class AnswerFields
{
    /// <summary>A text; null when there is none.</summary>
    internal static string? Text(JsonObject json, string field) => (((JsonValue)json)[field] as JsonString)?.Value;

    /// <summary>A text that every answer has.</summary>
    /// <exception cref="HttpRequestException">There is none.</exception>
    internal static string Required(JsonObject answer, string field) =>
        Text(answer, field) ?? throw new HttpRequestException($"An answer has no '{field}', as those of Step Functions do. Is it another server?");
}
