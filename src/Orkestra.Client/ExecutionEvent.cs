using Orkestra.Expressions.Data;
using Orkestra.Hosting.Histories;

namespace Orkestra.Client;

/// <summary>An event of an execution's history (https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html). Immutable.</summary>
public sealed class ExecutionEvent
{
    internal ExecutionEvent(JsonObject json) => Json = json;

    /// <summary>The event as GetExecutionHistory gives it.</summary>
    public JsonObject Json { get; }

    /// <summary>The id: 1 for the first event, one more for each that follows.</summary>
    public long Id => Number("id");

    /// <summary>The id of the event that led to this one; 0 for none.</summary>
    public long PreviousEventId => Number("previousEventId");

    /// <summary>When it happened, UTC.</summary>
    public DateTimeOffset Timestamp => TimeOf((JsonNumber)((JsonValue)Json)["timestamp"]!);

    /// <summary>What happened, such as <c>TaskStateEntered</c>. AWS may add types.</summary>
    public string Type => ((JsonString)((JsonValue)Json)["type"]!).Value;

    /// <summary>The details; an empty object when the type has none.</summary>
    public JsonObject Details => HistoryFact.DetailsOf(Json);

    /// <summary>The state that the execution entered or left with this event; null for other events.</summary>
    public string? StateName => Type.EndsWith("StateEntered", StringComparison.Ordinal) || Type.EndsWith("StateExited", StringComparison.Ordinal) ? (((JsonValue)Details)["name"] as JsonString)?.Value : null;

    /// <summary>Id, type and state, for a log.</summary>
    public override string ToString() => StateName is { } state ? $"{Id} {Type} {state}" : $"{Id} {Type}";

    internal static DateTimeOffset TimeOf(JsonNumber seconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds.Value * 1000));

    long Number(string name) => ((JsonValue)Json)[name] is JsonNumber number ? (long)number.Value : 0;
}
