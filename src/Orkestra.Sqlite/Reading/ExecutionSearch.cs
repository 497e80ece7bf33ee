using Orkestra.Engine;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Files;
using Orkestra.Sqlite.Packing;
using Orkestra.Sqlite.Writing;

namespace Orkestra.Sqlite.Reading;

/// <summary>Finds the executions of a query. For each status an index has the order, so that a page costs what it holds, however many executions there are.</summary>
internal sealed class ExecutionSearch(Database database, RecordReader records, LiveExecutions live)
{
    internal List<ExecutionRecord> Find(ExecutionQuery query, PagePlace? after, int limit)
    {
        var mapRun = query.MapRunArn is { } run ? IdOf("SELECT id FROM map_runs WHERE arn = ?", run) : 0;
        var machine = query.StateMachineArn is { } arn ? IdOf("SELECT id FROM texts WHERE text = ?", arn) : 0;
        if ((query.MapRunArn is not null && mapRun == 0) || (query.StateMachineArn is not null && machine == 0)) return [];
        ReadOnlySpan<ExecutionStatus> statuses = query.Status is { } one ? [one] : StoredCodes.AllStatuses;
        var found = new List<ExecutionRow>();
        using var statement = Prepare(query, after is not null);
        foreach (var status in statuses)
        {
            statement.Bind(1, mapRun).Bind(2, StoredCodes.Of(status)).Bind(3, machine)
                .Bind(4, query.StartedFrom is { } from ? from.UtcTicks : 0).Bind(5, query.StartedBefore is { } before ? before.UtcTicks : long.MaxValue);
            if (after is not null) statement.Bind(6, after.Start).Bind(7, after.Arn);
            var wanted = limit;
            while (wanted > 0 && statement.Step())
            {
                // Compared by UTF-16 code units, as SQL does not.
                if (query.NamePrefix is { } prefix && !statement.Text(2).StartsWith(prefix, StringComparison.Ordinal)) continue;
                found.Add(RecordReader.ReadRow(statement));
                wanted--;
            }

            statement.Reset();
        }

        return
        [
            .. found.OrderByDescending(row => row.Start).ThenByDescending(row => row.Arn, StringComparer.Ordinal).Take(limit)
                .Select(row => records.ToRecord(row, live.Find(row.Arn)?.Committed ?? default)),
        ];
    }

    Statement Prepare(ExecutionQuery query, bool isContinued)
    {
        var conditions = query.StateMachineArn is null ? "?3 = 0" : "e.machine = ?3";
        // The first line is what the index can use; the second one tells apart what started at the same time.
        if (isContinued) conditions += " AND e.start <= ?6 AND (e.start < ?6 OR e.arn < ?7 COLLATE ordinal)";
        return database.PrepareOnce(
            $"""
            SELECT {RecordReader.Columns} FROM executions e
            WHERE e.map_run = ?1 AND e.status = ?2 AND {conditions} AND e.start >= ?4 AND e.start < ?5
            ORDER BY e.start DESC, e.arn COLLATE ordinal DESC
            """);
    }

    long IdOf(string sql, string text)
    {
        using var find = database.PrepareOnce(sql);
        return RecordReader.IdOf(find, text);
    }
}
