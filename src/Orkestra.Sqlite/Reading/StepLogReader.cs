using Microsoft.Extensions.Logging;
using Orkestra.Hosting.StepLogs;
using Orkestra.Sqlite.Files;

namespace Orkestra.Sqlite.Reading;

/// <summary>Reads what the steps of an execution logged.</summary>
internal static class StepLogReader
{
    internal static StepLogPage Read(Database database, long execution, StepLogQuery query)
    {
        var lines = new List<StepLogLine>();
        var isLast = true;
        using var statement = database.PrepareOnce(
            "SELECT number, time, level, entered, attempt, task, state, category, message, exception FROM step_logs WHERE execution = ?1 AND number > ?2 "
            + "AND (?3 IS NULL OR entered = ?3) AND (?4 IS NULL OR state = ?4) AND level >= ?5 ORDER BY number");
        statement.Bind(1, execution).Bind(2, query.After).Bind(3, query.EnteredEventId).Bind(4, query.StateName).Bind(5, (long)(query.Level ?? LogLevel.Trace));
        while (statement.Step())
        {
            var line = Line(statement, query.ExecutionArn);
            if (!query.Matches(line)) continue;
            if (lines.Count == query.Limit)
            {
                isLast = false;
                statement.Reset();
                break;
            }

            lines.Add(line);
        }

        return new StepLogPage(lines, Dropped(database, execution), isLast);
    }

    static long Dropped(Database database, long execution)
    {
        using var statement = database.PrepareOnce("SELECT number FROM step_logs WHERE execution = ? ORDER BY number LIMIT 1");
        var dropped = statement.Bind(1, execution).Step() ? statement.Int64(0) - 1 : 0;
        statement.Reset();
        return dropped;
    }

    static StepLogLine Line(Statement row, string arn) => new()
    {
        Number = row.Int64(0),
        ExecutionArn = arn,
        Time = new DateTimeOffset(row.Int64(1), TimeSpan.Zero),
        Level = (LogLevel)row.Int64(2),
        EnteredEventId = (int)row.Int64(3),
        Attempt = (int)row.Int64(4),
        AttemptId = $"{arn}/{row.Text(5)}",
        StateName = row.Text(6),
        Category = row.Text(7),
        Message = row.Text(8),
        Exception = row.IsNull(9) ? null : row.Text(9),
    };
}
