using Orkestra.Expressions.Data;

namespace Orkestra.Dashboard.Runs;

/// <summary>A cause as people read it: message, type and stack of an exception when it is one, otherwise JSON or text.</summary>
internal sealed record ErrorText(string? Message, string? Type, IReadOnlyList<string> Stack, JsonValue? Json, string? Plain)
{
    internal static ErrorText Of(string? cause)
    {
        if (string.IsNullOrEmpty(cause)) return new ErrorText(null, null, [], null, null);
        JsonValue value;
        try
        {
            value = JsonValue.Parse(cause);
        }
        catch (JsonFormatException)
        {
            return new ErrorText(null, null, [], null, cause);
        }

        // The form in which Lambda reports exceptions, and Orkestra too.
        if (value is not JsonObject members || Text(members, "errorMessage") is not { } message) return new ErrorText(null, null, [], value, null);
        var stack = (members["stackTrace"] ?? members["trace"]) switch
        {
            JsonArray lines => lines.Select(line => line is JsonString text ? text.Value : line.ToJson()).ToList(),
            JsonString text => [.. text.Value.Split('\n')],
            _ => [],
        };
        return new ErrorText(message, Text(members, "errorType"), stack, value, null);
    }

    static string? Text(JsonObject members, string name) => (members[name] as JsonString)?.Value;
}
