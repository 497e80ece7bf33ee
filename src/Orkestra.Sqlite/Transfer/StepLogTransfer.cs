using Microsoft.Extensions.Logging;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.StepLogs;

namespace Orkestra.Sqlite.Transfer;

/// <summary>What a step logged, as it is written in the line of its execution.</summary>
internal static class StepLogTransfer
{
    internal static JsonObject ValueOf(StepLogLine line)
    {
        var json = new JsonObject.Builder()
            .Set("number", line.Number).Set("time", TransferFormat.TextOf(line.Time)).Set("level", line.Level.ToString()).Set("state", line.StateName)
            .Set("enteredEventId", line.EnteredEventId).Set("attempt", line.Attempt).Set("attemptId", line.AttemptId).Set("category", line.Category).Set("message", line.Message);
        if (line.Exception is { } exception) json.Set("exception", exception);
        return json.Build();
    }

    /// <exception cref="FormatException">A member is missing or cannot be read.</exception>
    internal static StepLogLine LineOf(JsonValue logged, string executionArn) => new()
    {
        Number = TransferFormat.Number(logged, "number"),
        ExecutionArn = executionArn,
        Time = TransferFormat.Time(logged, "time") ?? throw TransferFormat.Missing("time"),
        Level = TransferFormat.Name<LogLevel>(logged, "level"),
        StateName = TransferFormat.Text(logged, "state"),
        EnteredEventId = (int)TransferFormat.Number(logged, "enteredEventId"),
        Attempt = (int)TransferFormat.Number(logged, "attempt"),
        AttemptId = TransferFormat.Text(logged, "attemptId"),
        Category = TransferFormat.Text(logged, "category"),
        Message = TransferFormat.Text(logged, "message"),
        Exception = TransferFormat.TextOrNull(logged, "exception"),
    };
}
