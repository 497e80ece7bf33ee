using System.Globalization;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Logging;

/// <summary>Turns a history event into what the service logs (https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html).</summary>
public static class LogRecord
{
    static readonly string[] Data =
        ["input", "inputDetails", "output", "outputDetails", "parameters", "assignedVariables", "assignedVariablesDetails", "result", "resultDetails"];

    /// <summary>The lowest level at which a type is logged.</summary>
    /// <param name="type">The type of an event.</param>
    public static ExecutionLogLevel LevelOf(HistoryEventType type)
    {
        if (type is HistoryEventType.ExecutionAborted or HistoryEventType.ExecutionFailed or HistoryEventType.ExecutionTimedOut) return ExecutionLogLevel.Fatal;
        if (type is HistoryEventType.FailStateEntered) return ExecutionLogLevel.Error;
        var name = type.ToString();
        return name.EndsWith("Failed", StringComparison.Ordinal) || name.EndsWith("TimedOut", StringComparison.Ordinal) || name.EndsWith("Aborted", StringComparison.Ordinal)
            ? ExecutionLogLevel.Error : ExecutionLogLevel.All;
    }

    internal static JsonObject Of(HistoryEvent historyEvent, bool includesData, string executionArn, int redriveCount) => JsonObject.Create(
        ("id", Text(historyEvent.Id)),
        ("type", historyEvent.Type.ToString()),
        ("details", includesData ? historyEvent.Details : WithoutData(historyEvent.Details)),
        ("previous_event_id", Text(historyEvent.PreviousEventId)),
        ("event_timestamp", historyEvent.Timestamp.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
        ("execution_arn", executionArn),
        ("redrive_count", Text(redriveCount)));

    /// <summary>An event as GetExecutionHistory gives it when execution data is not asked for.</summary>
    internal static JsonObject WithoutData(HistoryEvent historyEvent)
    {
        var json = historyEvent.ToJson();
        return historyEvent.DetailsName is { } name ? json.With(name, WithoutData(historyEvent.Details)) : json;
    }

    /// <summary>Details without inputs, outputs and results.</summary>
    /// <param name="details">The details of an event, as GetExecutionHistory gives them.</param>
    public static JsonObject WithoutData(JsonObject details)
    {
        ArgumentNullException.ThrowIfNull(details);
        return Array.Exists(Data, details.ContainsKey) ? JsonObject.Create(details.Where(member => !Data.Contains(member.Key))) : details;
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
