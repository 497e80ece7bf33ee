using Orkestra.Engine.Signals;
using Orkestra.Hosting.StepLogs;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Files;
using Orkestra.Sqlite.Packing;
using Orkestra.Sqlite.Writing;

namespace Orkestra.Sqlite.Reading;

/// <summary>A connection that reads, with its statements. It sees what was committed when a read begins, and waits for no one. One thread at a time uses it.</summary>
internal sealed class StoreReader : IDisposable
{
    readonly Database database;
    readonly LiveExecutions? live;
    readonly RecordReader records;
    readonly Statement begin;
    readonly Statement end;
    readonly Statement findById;
    readonly Statement findByArn;
    readonly Statement findNew;
    readonly Statement findCommit;
    readonly Statement findToken;
    readonly Statement findRevision;
    readonly Statement readDue;

    /// <param name="database">The connection.</param>
    /// <param name="live">The executions the store of this process works on; null when it only reads.</param>
    internal StoreReader(Database database, LiveExecutions? live)
    {
        this.database = database;
        this.live = live;
        records = new RecordReader(database);
        begin = database.Prepare("BEGIN");
        end = database.Prepare("COMMIT");
        findById = database.Prepare($"SELECT {RecordReader.Columns} FROM executions e WHERE e.id = ?");
        findByArn = database.Prepare($"SELECT {RecordReader.Columns} FROM executions e WHERE e.indexed = 1 AND e.arn_hash = ?");
        findNew = database.Prepare($"SELECT {RecordReader.Columns} FROM executions e WHERE {RecordReader.IsNew}");
        findCommit = database.Prepare("SELECT execution, sequence, previous, data FROM commits WHERE id = ?");
        findToken = database.Prepare("SELECT e.arn FROM tokens t JOIN executions e ON e.id = t.execution WHERE t.token = ?");
        findRevision = database.Prepare("SELECT checksum, definition FROM revisions WHERE hash = ?");
        readDue = database.Prepare(
            $"SELECT {RecordReader.Columns} FROM executions e WHERE e.idle = 1 AND e.due IS NOT NULL AND e.due <= ? ORDER BY e.due, e.arn COLLATE ordinal LIMIT ?");
    }

    public void Dispose() => database.Dispose();

    /// <summary>An execution; null when it is not known.</summary>
    internal ExecutionRecord? Find(string arn) => InOneView(arn, records.ToRecord);

    /// <summary>The signals of an execution, oldest first.</summary>
    /// <exception cref="FormatException">They are damaged, or a later version wrote them.</exception>
    internal IReadOnlyList<ExecutionSignal> ReadSignals(string arn) =>
        InOneView<IReadOnlyList<ExecutionSignal>>(arn, (row, later) => ReadSignals(row, RecordReader.LastOf(row, later))) ?? [];

    internal string? FindTokenOwner(string token)
    {
        findToken.Bind(1, token);
        if (!findToken.Step()) return null;
        var arn = findToken.Text(0);
        findToken.Reset();
        return arn;
    }

    /// <exception cref="ExecutionStoreException">The definition is damaged.</exception>
    internal StateMachineRevision? FindRevision(string hash)
    {
        findRevision.Bind(1, hash);
        if (!findRevision.Step()) return null;
        var checksum = findRevision.Int64(0);
        var definition = findRevision.Text(1);
        findRevision.Reset();
        if (DocumentTables.ChecksumOf(definition) != checksum) throw StoreFaults.Damaged(database.Path, $"the checksum of the definition {hash} is wrong.");
        return new StateMachineRevision(hash, definition);
    }

    internal IReadOnlyList<ExecutionRecord> ReadDue(DateTimeOffset until, int limit) => InOneView<IReadOnlyList<ExecutionRecord>>(() =>
    {
        var rows = new List<ExecutionRow>();
        readDue.Bind(1, until.UtcTicks).Bind(2, limit);
        while (readDue.Step()) rows.Add(RecordReader.ReadRow(readDue));
        return [.. rows.Select(row => records.ToListedRecord(row, default))];
    });

    /// <summary>All that is stored of an execution, as of one moment; null when it is not known.</summary>
    internal StoredExecution? ReadWhole(string arn) => InOneView(arn, (row, later) =>
    {
        var tokens = new List<string>();
        using var statement = database.PrepareOnce("SELECT token FROM tokens WHERE execution = ?");
        statement.Bind(1, row.Id);
        while (statement.Step()) tokens.Add(statement.Text(0));
        return new StoredExecution(records.ToRecord(row, later), ReadSignals(row, RecordReader.LastOf(row, later)), tokens)
        {
            StepLogs = StepLogReader.Read(database, row.Id, new StepLogQuery { ExecutionArn = arn, Limit = int.MaxValue }).Lines,
        };
    });

    /// <summary>The Map Runs of an execution that have child executions.</summary>
    internal IReadOnlyList<(long Id, string Arn)> FindMapRuns(string parent)
    {
        var runs = new List<(long, string)>();
        using var statement = database.PrepareOnce("SELECT id, arn FROM map_runs WHERE parent = ? ORDER BY id");
        statement.Bind(1, parent);
        while (statement.Step()) runs.Add((statement.Int64(0), statement.Text(1)));
        return runs;
    }

    /// <summary>The Map Runs of executions that are not there any more.</summary>
    internal IReadOnlyList<long> FindOrphans() => InOneView<IReadOnlyList<long>>(() =>
    {
        var orphans = new List<long>();
        var recent = new HashSet<string>(StringComparer.Ordinal);
        while (findNew.Step()) recent.Add(RecordReader.ReadRow(findNew).Arn);
        using var statement = database.PrepareOnce("SELECT id, parent FROM map_runs");
        while (statement.Step())
        {
            if (statement.Text(1) is var parent && !recent.Contains(parent) && FindIndexed(parent) is null) orphans.Add(statement.Int64(0));
        }

        return orphans;
    });

    /// <summary>Executions that ended before a time, and those of which enough ended later. Children of Map Runs are left out, and executions that are not settled.</summary>
    internal IReadOnlyList<long> FindEnded(long? endedBefore, int? kept)
    {
        var ids = new List<long>();
        using var statement = database.PrepareOnce(
            "SELECT id FROM executions WHERE indexed = 1 AND map_run = 0 AND status <> 0 AND stop < ?1 UNION "
            + "SELECT id FROM (SELECT id FROM executions WHERE ?2 >= 0 AND indexed = 1 AND map_run = 0 AND status <> 0 ORDER BY stop DESC, id DESC LIMIT -1 OFFSET ?2)");
        statement.Bind(1, endedBefore ?? -1).Bind(2, kept ?? -1);
        while (statement.Step()) ids.Add(statement.Int64(0));
        return ids;
    }

    /// <summary>The numbers of backfills that retention deletes, as <see cref="FindEnded"/> does for executions.</summary>
    internal IReadOnlyList<long> FindEndedBackfills(long? endedBefore, int? kept)
    {
        var numbers = new List<long>();
        using var statement = database.PrepareOnce(
            "SELECT number FROM backfills WHERE ended < ?1 UNION "
            + "SELECT number FROM (SELECT number FROM backfills WHERE ?2 >= 0 AND ended IS NOT NULL ORDER BY ended DESC, number DESC LIMIT -1 OFFSET ?2)");
        statement.Bind(1, endedBefore ?? -1).Bind(2, kept ?? -1);
        while (statement.Step()) numbers.Add(statement.Int64(0));
        return numbers;
    }

    /// <summary>A backfill with its items as of one moment; null when it is not there any more.</summary>
    internal (BackfillRecord Backfill, IReadOnlyList<BackfillItem> Items)? ReadBackfill(string id) => InOneView<(BackfillRecord, IReadOnlyList<BackfillItem>)?>(() =>
        ReadBackfills().FirstOrDefault(known => known.Id == id) is { } backfill ? (backfill, ReadBackfillItems(id)) : null);

    internal StepLogPage ReadStepLogs(StepLogQuery query) =>
        InOneView(query.ExecutionArn, (row, _) => StepLogReader.Read(database, row.Id, query)) ?? new StepLogPage([], 0, IsLast: true);

    internal IReadOnlyList<CatalogEntry> ReadCatalog()
    {
        using var statement = database.PrepareOnce("SELECT kind, key, checksum, value FROM catalog");
        var entries = new List<CatalogEntry>();
        while (statement.Step())
        {
            var (kind, key, checksum, text) = (statement.Text(0), statement.Text(1), statement.Int64(2), statement.Text(3));
            if (DocumentTables.ChecksumOf(text) != checksum)
            {
                statement.Reset();
                throw new FormatException($"The entry '{key}' ({kind}) of the catalog in '{database.Path}' is damaged: its checksum is wrong.");
            }

            entries.Add(new CatalogEntry(kind, key, Expressions.Data.JsonValue.Parse(text, PackedReader.Deep)));
        }

        return entries;
    }

    internal IReadOnlyList<ScheduleRecord> ReadSchedules()
    {
        using var statement = database.PrepareOnce($"SELECT {ScheduleTable.Columns} FROM schedules");
        var schedules = new List<ScheduleRecord>();
        while (statement.Step()) schedules.Add(ScheduleTable.Read(statement));
        return schedules;
    }

    internal IReadOnlyList<BackfillRecord> ReadBackfills()
    {
        using var statement = database.PrepareOnce($"SELECT {BackfillTables.Columns} FROM backfills ORDER BY number DESC");
        var backfills = new List<BackfillRecord>();
        while (statement.Step()) backfills.Add(BackfillTables.Read(statement));
        return backfills;
    }

    internal IReadOnlyList<BackfillItem> ReadBackfillItems(string id)
    {
        using var statement = database.PrepareOnce($"SELECT {BackfillTables.ItemColumns} FROM backfill_items WHERE backfill = (SELECT number FROM backfills WHERE id = ?) ORDER BY position");
        statement.Bind(1, id);
        var items = new List<BackfillItem>();
        while (statement.Step()) items.Add(BackfillTables.ReadItem(statement));
        return items;
    }

    internal IReadOnlyDictionary<BackfillItemStatus, int> CountBackfillItems(string id)
    {
        using var statement = database.PrepareOnce("SELECT status, count(*) FROM backfill_items WHERE backfill = (SELECT number FROM backfills WHERE id = ?) GROUP BY status");
        statement.Bind(1, id);
        var counts = new Dictionary<BackfillItemStatus, int>();
        while (statement.Step()) counts[(BackfillItemStatus)statement.Int64(0)] = (int)statement.Int64(1);
        return counts;
    }

    /// <summary>Executions in the order of a query, from a place on.</summary>
    internal List<ExecutionRecord> Query(ExecutionQuery query, PagePlace? after, int limit) => InOneView(() => new ExecutionSearch(database, records).Find(query, after, limit));

    List<ExecutionSignal> ReadSignals(ExecutionRow row, CommitPlace last)
    {
        var (head, sequence) = last;
        // Commits name the one before them, so that the newest is read first.
        var commits = new Stack<(long Sequence, byte[] Data)>();
        for (var (id, expected) = (head, sequence); id != 0;)
        {
            findCommit.Bind(1, id);
            if (!findCommit.Step()) throw Broken(row, $"its commit {id} is missing.");
            var (execution, found, previous, data) = (findCommit.Int64(0), findCommit.Int64(1), findCommit.Int64(2), findCommit.Blob(3).ToArray());
            findCommit.Reset();
            if (execution != row.Id || found > expected || previous >= id || (commits.Count == 0 && found != expected)) throw Broken(row, $"its commit {id} does not belong to it.");
            commits.Push((found, data));
            (id, expected) = (previous, found - 1);
        }

        var signals = new List<ExecutionSignal>((int)Math.Min(sequence, Array.MaxLength));
        foreach (var (end, data) in commits)
        {
            try
            {
                CommitPacking.ReadSignals(data, row.Id, end, signals);
            }
            catch (FormatException problem)
            {
                throw Broken(row, $"the commit up to the signal {end} cannot be read. {problem.Message}", problem);
            }

            if (signals.Count != end) throw Broken(row, $"{end} signals were expected, but there are {signals.Count}.");
        }

        return signals.Count == sequence ? signals : throw Broken(row, $"{sequence} signals were expected, but there are {signals.Count}.");
    }

    // A new execution is in no index: its row is found by the id that is known of it, or, in a file that is only read, by a look at all new ones.
    ExecutionRow? FindRow(string arn, long? id) =>
        (id is { } known ? FindRow(arn, findById.Bind(1, known)) : null) ?? FindIndexed(arn) ?? (live is null ? FindRow(arn, findNew) : null);

    ExecutionRow? FindIndexed(string arn) => FindRow(arn, findByArn.Bind(1, ExecutionTable.HashOf(arn)));

    static ExecutionRow? FindRow(string arn, Statement statement)
    {
        while (statement.Step())
        {
            if (RecordReader.ReadRow(statement) is var row && row.Arn != arn) continue;
            statement.Reset();
            return row;
        }

        return null;
    }

    T? InOneView<T>(string arn, Func<ExecutionRow, CommitPlace, T> read)
        where T : class
    {
        // Looked at first: what is on the disk afterwards is at least as new.
        var working = live?.Find(arn);
        var known = working?.Committed ?? default;
        return InOneView(() =>
        {
            if (FindRow(arn, working?.Id) is not { } row) return null;
            return read(row, live is null ? LaterCommits.Read(database).Of(row.Id) : new CommitPlace(known.Head, known.Sequence));
        });
    }

    T InOneView<T>(Func<T> read)
    {
        begin.Run();
        try
        {
            return read();
        }
        finally
        {
            end.Run();
        }
    }

    FormatException Broken(ExecutionRow row, string details, Exception? inner = null) =>
        new($"The execution '{row.Arn}' in the store '{database.Path}' is damaged: {details}", inner);
}
