using Orkestra.Engine;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Files;
using Orkestra.Sqlite.Packing;

namespace Orkestra.Sqlite.Reading;

/// <summary>
/// Finds the executions of a query. For each state machine and each status the index has the order of pages, so that a page costs what it holds, however many executions
/// there are; what is asked of several machines and statuses is merged, and so are new executions, which are in no index.
/// </summary>
internal sealed class ExecutionSearch(Database database, RecordReader records)
{
    readonly LaterCommits later = LaterCommits.Read(database);

    internal List<ExecutionRecord> Find(ExecutionQuery query, PagePlace? after, int limit)
    {
        var mapRun = query.MapRunArn is { } run ? IdOf("SELECT id FROM map_runs WHERE arn = ?", run) : 0;
        if (query.MapRunArn is not null && mapRun == 0) return [];
        var only = query.StateMachineArn is { } arn ? IdOf("SELECT id FROM texts WHERE text = ?", arn) : 0;
        if (query.StateMachineArn is not null && only == 0) return [];
        List<long> machines = only == 0 ? MachinesOf(mapRun) : [only];
        ReadOnlySpan<ExecutionStatus> statuses = query.Status is { } one ? [one] : StoredCodes.AllStatuses;
        var version = query.StateMachineVersionArn is { } versionArn ? IdOf("SELECT id FROM texts WHERE text = ?", versionArn) : 0;
        var alias = query.StateMachineAliasArn is { } aliasArn ? IdOf("SELECT id FROM texts WHERE text = ?", aliasArn) : 0;
        if ((query.StateMachineVersionArn is not null && version == 0) || (query.StateMachineAliasArn is not null && alias == 0)) return [];
        var found = new List<ExecutionRow>();
        using var indexed = database.PrepareOnce(SqlOf(after is not null));
        foreach (var machine in machines)
        {
            foreach (var status in statuses) Add(Bound(indexed, machine, StoredCodes.Of(status)), query, limit, found);
        }

        using var recent = database.PrepareOnce(SqlOfNew(after is not null));
        Add(Bound(recent, only, status: -1), query, limit, found);
        return
        [
            .. found.OrderByDescending(row => row.Start).ThenByDescending(row => row.Arn, StringComparer.Ordinal).Take(limit)
                .Select(row => records.ToListedRecord(row, later.Of(row.Id))),
        ];

        Statement Bound(Statement statement, long machine, int status)
        {
            statement.Bind(1, mapRun).Bind(2, machine).Bind(3, status)
                .Bind(4, query.StartedFrom is { } from ? from.UtcTicks : 0).Bind(5, query.StartedBefore is { } before ? before.UtcTicks : long.MaxValue);
            statement.Bind(6, version).Bind(7, alias).Bind(8, query.IsRedriven is { } redriven ? redriven ? 1 : 0 : -1);
            return after is null ? statement : statement.Bind(9, after.Start).Bind(10, after.Arn);
        }
    }

    void Add(Statement statement, ExecutionQuery query, int limit, List<ExecutionRow> found)
    {
        while (limit > 0 && statement.Step())
        {
            var row = RecordReader.ReadRow(statement);
            if (query.NamePrefix is { } prefix && !row.Name.StartsWith(prefix, StringComparison.Ordinal)) continue;
            if (!row.IsIndexed && query.Status is { } status && records.StatusOf(row, later.Of(row.Id)) != status) continue;
            found.Add(row);
            limit--;
        }

        statement.Reset();
    }

    /// <summary>What finds executions of one state machine and status. The first condition on the place is what the index can use; the second one tells apart what started at the same time.</summary>
    internal static string SqlOf(bool isContinued) => SqlOf("e.indexed = 1 AND e.map_run = ?1 AND e.machine = ?2 AND e.status = ?3", isContinued);

    // Of one state machine, or of all when it is 0. The row does not know the status yet.
    static string SqlOfNew(bool isContinued) =>
        SqlOf($"{RecordReader.IsNew} AND e.map_run = ?1 AND (?2 = 0 OR e.machine = ?2) AND ?3 < 0", isContinued);

    static string SqlOf(string where, bool isContinued) =>
        $"""
        SELECT {RecordReader.Columns} FROM executions e
        WHERE {where} AND e.start >= ?4 AND e.start < ?5
            AND (?6 = 0 OR e.version = ?6) AND (?7 = 0 OR e.alias = ?7) AND (?8 < 0 OR (e.redrives > 0) = ?8)
            {(isContinued ? "AND e.start <= ?9 AND (e.start < ?9 OR e.arn < ?10 COLLATE ordinal)" : "")}
        ORDER BY e.start DESC, e.arn COLLATE ordinal DESC
        """;

    // From each machine to the next one by the index, without a look at its executions.
    List<long> MachinesOf(long mapRun)
    {
        var machines = new List<long>();
        using var next = database.PrepareOnce("SELECT min(machine) FROM executions WHERE indexed = 1 AND map_run = ?1 AND machine > ?2");
        for (var last = 0L; next.Bind(1, mapRun).Bind(2, last).Step() && !next.IsNull(0); next.Reset()) machines.Add(last = next.Int64(0));
        next.Reset();
        return machines;
    }

    long IdOf(string sql, string text)
    {
        using var find = database.PrepareOnce(sql);
        return RecordReader.IdOf(find, text);
    }
}
