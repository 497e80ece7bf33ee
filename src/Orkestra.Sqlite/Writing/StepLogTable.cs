using Orkestra.Hosting.StepLogs;
using Orkestra.Sqlite.Files;

namespace Orkestra.Sqlite.Writing;

/// <summary>What steps log. Of each execution the last lines are kept, within limits.</summary>
internal sealed class StepLogTable(Database database, ExecutionTable executions, StepLogLimits limits)
{
    readonly Statement findSize = database.Prepare("SELECT last, characters FROM step_log_sizes WHERE execution = ?");
    readonly Statement setSize = database.Prepare("INSERT OR REPLACE INTO step_log_sizes (execution, last, characters) VALUES (?, ?, ?)");
    readonly Statement removeSize = database.Prepare("DELETE FROM step_log_sizes WHERE execution = ?");
    readonly Statement add = database.Prepare("INSERT INTO step_logs (execution, number, time, level, entered, attempt, task, state, category, message, exception) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    readonly Statement removeBefore = database.Prepare("DELETE FROM step_logs WHERE execution = ? AND number <= ? RETURNING length(message) + ifnull(length(exception), 0) + length(category) + length(state)");
    readonly Statement findFirst = database.Prepare("SELECT number FROM step_logs WHERE execution = ? ORDER BY number LIMIT 1");
    readonly Statement remove = database.Prepare("DELETE FROM step_logs WHERE execution = ?");

    /// <summary>Adds a line, unless its execution is not there any more.</summary>
    internal void Add(StepLogLine line)
    {
        if (executions.IdOf(line.ExecutionArn) is not { } execution) return;
        var (last, characters) = SizeOf(execution);
        last++;
        var prefix = line.ExecutionArn + "/";
        add.Bind(1, execution).Bind(2, last).Bind(3, line.Time.UtcTicks).Bind(4, (long)line.Level).Bind(5, line.EnteredEventId).Bind(6, line.Attempt)
            .Bind(7, line.AttemptId.StartsWith(prefix, StringComparison.Ordinal) ? line.AttemptId[prefix.Length..] : line.AttemptId).Bind(8, line.StateName).Bind(9, line.Category)
            .Bind(10, line.Message).Bind(11, line.Exception).Run();
        characters += StepLogLimits.SizeOf(line);
        characters -= RemoveBefore(execution, last - Math.Max(1, limits.MaxLines));
        while (characters > limits.MaxCharacters && FirstOf(execution) is { } first && first < last) characters -= RemoveBefore(execution, first);
        setSize.Bind(1, execution).Bind(2, last).Bind(3, characters).Run();
    }

    /// <summary>Adds the lines of an execution that was just imported. They keep their numbers, so that it is still known how many were dropped before.</summary>
    internal void Import(string executionArn, IReadOnlyList<StepLogLine> lines)
    {
        if (lines.Count == 0 || executions.IdOf(executionArn) is not { } execution) return;
        setSize.Bind(1, execution).Bind(2, Math.Max(0, lines[0].Number - 1)).Bind(3, 0L).Run();
        foreach (var line in lines) Add(line);
    }

    /// <summary>Removes the lines of an execution that is deleted.</summary>
    internal void Remove(long execution)
    {
        remove.Bind(1, execution).Run();
        removeSize.Bind(1, execution).Run();
    }

    (long Last, long Characters) SizeOf(long execution)
    {
        var size = findSize.Bind(1, execution).Step() ? (findSize.Int64(0), findSize.Int64(1)) : default;
        findSize.Reset();
        return size;
    }

    long? FirstOf(long execution)
    {
        long? first = findFirst.Bind(1, execution).Step() ? findFirst.Int64(0) : null;
        findFirst.Reset();
        return first;
    }

    // SQLite counts characters beyond the basic plane once; the size is a bound, not an account.
    long RemoveBefore(long execution, long number)
    {
        if (number < 1) return 0;
        long removed = 0;
        removeBefore.Bind(1, execution).Bind(2, number);
        while (removeBefore.Step()) removed += removeBefore.Int64(0);
        return removed;
    }
}
