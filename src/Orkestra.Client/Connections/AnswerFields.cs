using Orkestra.Expressions.Data;

namespace Orkestra.Client.Connections;

/// <summary>Reads string members of requests and responses.</summary>
internal static class AnswerFields
{
    /// <summary>A string member; null if it is missing.</summary>
    internal static string? Text(JsonObject json, string field) => (((JsonValue)json)[field] as JsonString)?.Value;

    /// <summary>A string member that every response has.</summary>
    /// <exception cref="HttpRequestException">The member is missing.</exception>
    internal static string Required(JsonObject answer, string field) =>
        Text(answer, field) ?? throw new HttpRequestException($"An answer has no '{field}', as those of Step Functions do. Is it another server?");
}
