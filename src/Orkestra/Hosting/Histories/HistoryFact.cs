using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Histories;

/// <summary>What a history tree looks at of an event, of this process or of an endpoint.</summary>
/// <param name="PreviousEventId">The id of the event that led to it.</param>
/// <param name="Timestamp">When it happened, UTC.</param>
/// <param name="Type">What happened.</param>
/// <param name="StateName">The state it is about; null when it is not named.</param>
/// <param name="Index">The index of an iteration; null for other events.</param>
/// <param name="Error">The error's name; null when it has none.</param>
/// <param name="Cause">The error's cause; null when it has none.</param>
public readonly record struct HistoryFact(int PreviousEventId, DateTimeOffset Timestamp, string Type, string? StateName, int? Index, string? Error, string? Cause)
{
    /// <summary>An event of this process.</summary>
    /// <param name="happened">The event.</param>
    public static HistoryFact Of(HistoryEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return new(happened.PreviousEventId, happened.Timestamp, happened.Type.ToString(), happened.StateName, happened.Index, happened.Error, happened.Cause);
    }

    /// <summary>An event as GetExecutionHistory gives it.</summary>
    /// <param name="happened">The event.</param>
    public static HistoryFact Of(JsonObject happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        JsonValue details = DetailsOf(happened);
        JsonValue json = happened;
        return new(
            json["previousEventId"] is JsonNumber previous ? (int)previous.Value : 0, TimeOf(json["timestamp"]), Text(json, "type") ?? "", Text(details, "name"),
            details["index"] is JsonNumber index ? (int)index.Value : null, Text(details, "error"), Text(details, "cause"));
    }

    /// <summary>The details of an event as GetExecutionHistory gives it; an empty object without any.</summary>
    /// <param name="happened">The event.</param>
    public static JsonObject DetailsOf(JsonObject happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return happened.FirstOrDefault(member => member.Key.EndsWith("EventDetails", StringComparison.Ordinal)).Value as JsonObject ?? JsonObject.Empty;
    }

    static DateTimeOffset TimeOf(JsonValue? seconds) => DateTimeOffset.FromUnixTimeMilliseconds(seconds is JsonNumber number ? (long)Math.Round(number.Value * 1000) : 0);

    static string? Text(JsonValue json, string name) => (json[name] as JsonString)?.Value;
}
