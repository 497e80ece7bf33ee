using Orkestra.Expressions.Data;
using Orkestra.Hosting.Logging;

namespace Orkestra.Conformance.Answers;

/// <summary>What an execution logs: all records of a level, or the last one.</summary>
sealed class LogAnswers : IAnswerer
{
    public IReadOnlyCollection<string> Kinds => ["log-events", "express-end-event"];

    public async ValueTask<JsonValue> AnswerAsync(CorpusCase corpusCase)
    {
        var records = new List<JsonValue>();
        var (level, includesData) = SettingOf(corpusCase);
        await ExecutionAnswers.RunAsync(corpusCase, logging: new ExecutionLogging { Level = level, IncludesExecutionData = includesData, Write = records.Add });
        return corpusCase.Kind == "log-events" ? JsonObject.Create(("logEvents", JsonArray.Create(records))) : JsonObject.Create(("endEvent", records[^1]));
    }

    // Some cases have it only in their name, as NAME[DEFINITION_LEVEL_INCLUDED].
    static (ExecutionLogLevel Level, bool IncludesData) SettingOf(CorpusCase corpusCase)
    {
        if (corpusCase.Kind == "express-end-event") return (ExecutionLogLevel.All, true);
        if (corpusCase.Json["logging"] is { } logging) return (LevelOf(((JsonString)logging["level"]!).Value), logging["includeExecutionData"] == (JsonValue)true);
        var parts = corpusCase.Id.Split(']')[0].Split('_');
        return (LevelOf(parts[^2]), bool.Parse(parts[^1]));
    }

    static ExecutionLogLevel LevelOf(string name) => Enum.Parse<ExecutionLogLevel>(name, ignoreCase: true);
}
