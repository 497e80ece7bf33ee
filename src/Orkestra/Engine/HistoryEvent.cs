using Orkestra.Engine.History;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

/// <summary>
/// An event of an execution's history, named and shaped as GetExecutionHistory gives it
/// (https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html).
/// </summary>
public sealed class HistoryEvent
{
    readonly HistoryRecord record;
    JsonObject? details;

    internal HistoryEvent(int id, in HistoryRecord record, long ticks)
    {
        Id = id;
        this.record = record;
        Timestamp = new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    /// <summary>The id: 1 for the first event, one more for each that follows.</summary>
    public int Id { get; }

    /// <summary>The id of the event that led to this one; 0 for none.</summary>
    public int PreviousEventId => record.Previous;

    /// <summary>When it happened, UTC.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>What happened.</summary>
    public HistoryEventType Type => record.Type;

    /// <summary>The state it happened to; null for events of the execution itself. AWS gives it only with some types.</summary>
    public string? StateName => HistoryDetails.StateOf(record)?.Name;

    /// <summary>The index of the iteration; null for events of other types.</summary>
    public int? Index => Type is HistoryEventType.MapIterationStarted or HistoryEventType.MapIterationSucceeded
        or HistoryEventType.MapIterationFailed or HistoryEventType.MapIterationAborted ? record.Number : null;

    /// <summary>The input, the output or the parameters that come with the event; null when it has none.</summary>
    public JsonValue? Value => record.Value as JsonValue;

    /// <summary>The variables the state set; null when it set none.</summary>
    public JsonObject? AssignedVariables => (record.Subject as ExitDetails)?.Assigned;

    /// <summary>The error's name; null unless the event is an error that has a name.</summary>
    public string? Error => (record.Value as ExecutionFailure)?.Error;

    /// <summary>The error's cause, often JSON text; null unless the event is an error that has a cause.</summary>
    public string? Cause => (record.Value as ExecutionFailure)?.Cause;

    /// <summary>The name of the field the details are in, such as <c>stateEnteredEventDetails</c>; null when the type has no details.</summary>
    public string? DetailsName => HistoryDetails.NameOf(Type);

    /// <summary>The details as AWS gives them: inputs, outputs and parameters are JSON text.</summary>
    public JsonObject Details => details ??= HistoryDetails.Make(record);

    /// <summary>The event as GetExecutionHistory gives it; the timestamp is in seconds since 1970.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject.Builder(6)
            .Set("timestamp", Timestamp.ToUnixTimeMilliseconds() / 1000m)
            .Set("type", Type.ToString())
            .Set("id", Id)
            .Set("previousEventId", PreviousEventId);
        if (DetailsName is { } name) json.Set(name, Details);
        return json.Build();
    }

    /// <summary>Id, type and state, for a log.</summary>
    public override string ToString() => StateName is { } state ? $"{Id} {Type} {state}" : $"{Id} {Type}";
}
