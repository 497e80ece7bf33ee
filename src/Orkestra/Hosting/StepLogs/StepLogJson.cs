using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.StepLogs;

/// <summary>Lines as JSON, for pages and tools.</summary>
internal static class StepLogJson
{
    internal static JsonObject ToJson(this StepLogLine line)
    {
        var json = new JsonObject.Builder(10)
            .Set("number", line.Number).Set("time", Timestamps.Format(line.Time.UtcTicks)).Set("level", line.Level.ToString()).Set("state", line.StateName)
            .Set("enteredEventId", line.EnteredEventId).Set("attempt", line.Attempt).Set("attemptId", line.AttemptId).Set("category", line.Category).Set("message", line.Message);
        if (line.Exception is { } exception) json.Set("exception", exception);
        return json.Build();
    }
}
