using Orkestra.Engine;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Files;
using Orkestra.Sqlite.Packing;

namespace Orkestra.Sqlite.Writing;

/// <summary>
/// The executions and their commits. A commit is one new row at the end of a table, and a new execution one at the end of another. The indexes get an execution when it
/// first waits, or when it is settled after some thousand commits; most have ended by then. From then on its row is written when it begins or ends to wait and when it ends,
/// and settled while it works.
/// </summary>
internal sealed class ExecutionTable
{
    /// <summary>After how many commits the rows of executions that work are written.</summary>
    internal const int CommitsToSettle = 8192;

    /// <summary>The last commit of each execution that has commits after those that are settled.</summary>
    internal const string LaterCommits = "SELECT execution, max(id), max(sequence) FROM commits WHERE id > (SELECT commits FROM settled) GROUP BY execution";

    readonly Database database;
    readonly LiveExecutions live;
    readonly TextTable texts;
    readonly Statement find;
    readonly Statement add;
    readonly Statement update;
    readonly Statement index;
    readonly Statement settle;
    readonly Statement settled;
    readonly Statement addCommit;
    readonly Statement findTokens;
    readonly Statement removeToken;
    readonly Statement removeTokens;
    readonly Statement addToken;
    readonly HashSet<LiveExecution> touched = [];
    readonly HashSet<LiveExecution> unsettled = [];
    readonly HashSet<LiveExecution> forgotten = [];
    long lastExecution;
    long lastCommit;
    long settledCommit;
    long settledOnDisk;

    internal ExecutionTable(Database database, LiveExecutions live, TextTable texts)
    {
        this.database = database;
        this.live = live;
        this.texts = texts;
        find = database.Prepare("SELECT id, arn, head, sequence, idle, status, redrives, stop FROM executions WHERE arn_hash = ? AND indexed = 1");
        add = database.Prepare(
            """
            INSERT INTO executions (
                id, arn_hash, arn, name, machine, definition, map_run, map_run_redrives, type, start, first, first_sequence, head, sequence, status, redrives, stop, idle, due,
                version, alias, indexed)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
            """);
        const string set = "UPDATE executions SET head = ?2, sequence = ?3, status = ?4, redrives = ?5, stop = ?6, idle = ?7, due = ?8";
        update = database.Prepare($"{set} WHERE id = ?1");
        // On its own, because SQLite writes the entries of an index anew when a column of its condition is set.
        index = database.Prepare($"{set}, indexed = 1 WHERE id = ?1");
        settle = database.Prepare("UPDATE executions SET head = ?2, sequence = ?3 WHERE id = ?1 AND sequence < ?3");
        settled = database.Prepare("UPDATE settled SET commits = ?, executions = ?");
        addCommit = database.Prepare("INSERT INTO commits (id, execution, sequence, previous, data) VALUES (?, ?, ?, ?, ?)");
        findTokens = database.Prepare("SELECT token FROM tokens WHERE execution = ?");
        removeToken = database.Prepare("DELETE FROM tokens WHERE token = ? AND execution = ?");
        removeTokens = database.Prepare("DELETE FROM tokens WHERE execution = ?");
        addToken = database.Prepare("INSERT OR REPLACE INTO tokens (token, execution) VALUES (?, ?)");
        // Not the id of one that was pruned, so that new rows come after those that are settled.
        lastExecution = database.Number("SELECT max(executions, (SELECT ifnull(max(id), 0) FROM executions)) FROM settled");
        settledCommit = settledOnDisk = database.Number("SELECT commits FROM settled");
        // What is settled stays behind what is added, also when the last commits were pruned.
        lastCommit = Math.Max(settledCommit, database.Number("SELECT ifnull(max(id), 0) FROM commits"));
    }

    /// <summary>Brings the rows up to the last commits, after a process ended before it did.</summary>
    internal void Recover()
    {
        if (lastCommit == settledCommit) return;
        using var later = database.PrepareOnce(LaterCommits);
        using var findNew = database.PrepareOnce("SELECT data FROM executions e, commits c WHERE e.id = ? AND e.indexed = 0 AND c.id = ?");
        while (later.Step())
        {
            var (execution, commit, sequence) = (later.Int64(0), later.Int64(1), later.Int64(2));
            if (findNew.Bind(1, execution).Bind(2, commit).Step())
            {
                var head = HeadOf(findNew.Blob(0), execution, sequence);
                findNew.Reset();
                Write(index, execution, new Progress(commit, sequence, head.IsIdle, head.Status, 0, head.Stopped, IsInRow: true, IsIndexed: true), head.Due);
            }
            else
            {
                settle.Bind(1, execution).Bind(2, commit).Bind(3, sequence).Run();
            }
        }

        Settled();
    }

    /// <summary>Adds an execution.</summary>
    /// <exception cref="ExecutionExistsException">The ARN is known.</exception>
    internal LiveExecution Create(ExecutionRecord record, int signals, Span<byte> packed, IReadOnlyCollection<string>? tokens)
    {
        if (Find(record.Arn) is not null) throw new ExecutionExistsException(record.Arn);
        var (machine, definition, mapRun) = (texts.IdOf(record.StateMachineArn), texts.IdOf(record.DefinitionHash), texts.IdOf(record.Parent));
        var execution = new LiveExecution(++lastExecution, record.Arn);
        var commit = AddCommit(execution, 0, signals, packed);
        var isIndexed = record is not { Status: ExecutionStatus.Running, IsIdle: false, RedriveCount: 0, StopTime: null };
        execution.Pending = Of(record, commit, signals, isInRow: isIndexed, isIndexed);
        // Before the batch is on the disk no reader needs it here, and a later commit of the batch does.
        live.Add(execution);
        touched.Add(execution);
        add.Bind(1, execution.Id).Bind(2, HashOf(record.Arn)).Bind(3, record.Arn).Bind(4, NameToKeep(record)).Bind(5, machine).Bind(6, definition).Bind(7, mapRun)
            .Bind(8, record.Parent?.Redrives ?? 0).Bind(9, StoredCodes.Of(record.Type)).Bind(10, record.StartTime.UtcTicks).Bind(11, commit).Bind(12, signals)
            .Bind(13, StoredCodes.Of(record.Status)).Bind(14, record.RedriveCount).Bind(15, record.StopTime?.UtcTicks).Bind(16, record.IsIdle ? 1 : 0)
            .Bind(17, record.IsIdle ? record.NextDue?.UtcTicks : null)
            .Bind(18, texts.IdOf(record.StateMachineVersionArn)).Bind(19, texts.IdOf(record.StateMachineAliasArn)).Bind(20, isIndexed ? 1 : 0).Run();
        if (tokens is not null) SetTokens(execution.Id, tokens);
        return execution;
    }

    /// <summary>Adds a commit to an execution.</summary>
    /// <exception cref="SequenceConflictException">The execution has another number of signals.</exception>
    internal LiveExecution Append(ExecutionRecord record, long expected, int signals, Span<byte> packed, IReadOnlyCollection<string>? tokens)
    {
        if (Find(record.Arn) is not { } execution) throw new SequenceConflictException(record.Arn, expected, 0);
        var known = execution.Pending;
        if (known.Sequence != expected) throw new SequenceConflictException(record.Arn, expected, known.Sequence);
        touched.Add(execution);
        var commit = AddCommit(execution, known.Head, signals, packed);
        var isInRow = record.IsIdle || record.RedriveCount != known.Redrives
            || (known.IsIndexed && (known.IsIdle || record.Status != known.Status || record.StopTime is not null));
        execution.Pending = Of(record, commit, known.Sequence + signals, isInRow, known.IsIndexed || isInRow);
        if (isInRow) Write(known.IsIndexed ? update : index, execution.Id, execution.Pending, record.NextDue?.UtcTicks);

        if (tokens is not null) SetTokens(execution.Id, tokens);
        return execution;
    }

    /// <summary>Whether an execution with the ARN is stored.</summary>
    internal bool Exists(string arn) => Find(arn) is not null;

    /// <summary>The id of a stored execution; null when it is not known.</summary>
    internal long? IdOf(string arn)
    {
        if (live.Find(arn) is { } known) return known.Id;
        long? id = null;
        find.Bind(1, HashOf(arn));
        while (id is null && find.Step())
        {
            if (find.Text(1) == arn) id = find.Int64(0);
        }

        find.Reset();
        return id;
    }

    /// <summary>An execution is deleted.</summary>
    /// <returns>Its last commit, when its row may not name it; null otherwise.</returns>
    internal long? Forget(string arn)
    {
        if (live.Find(arn) is not { } execution) return null;
        live.Remove(execution);
        forgotten.Add(execution);
        return execution.Pending.Head;
    }

    /// <summary>Writes the rows of executions that work, when there were enough commits.</summary>
    internal void SettleWhenDue()
    {
        if (lastCommit - settledCommit >= CommitsToSettle) Settle();
    }

    /// <summary>Writes the rows of executions that work, and those of new ones to the indexes.</summary>
    internal void Settle()
    {
        if (settledCommit == lastCommit) return;
        unsettled.UnionWith(touched);
        foreach (var execution in unsettled)
        {
            if (execution.Pending is not { IsInRow: false } known || forgotten.Contains(execution)) continue;
            if (known.IsIndexed) settle.Bind(1, execution.Id).Bind(2, known.Head).Bind(3, known.Sequence).Run();
            else Write(index, execution.Id, known, due: null);
            execution.Pending = known with { IsInRow = true, IsIndexed = true };
            touched.Add(execution);
        }

        Settled();
    }

    /// <summary>The batch is on the disk.</summary>
    internal void Committed()
    {
        foreach (var execution in touched)
        {
            live.Committed(execution);
            if (execution.Pending.IsInRow) unsettled.Remove(execution);
            else unsettled.Add(execution);
        }

        unsettled.ExceptWith(forgotten);
        forgotten.Clear();
        touched.Clear();
        settledOnDisk = settledCommit;
        if (settledCommit == lastCommit) live.Settled();
    }

    /// <summary>The batch was rolled back.</summary>
    internal void RolledBack()
    {
        foreach (var execution in touched)
        {
            execution.RollBack();
            if (execution.Pending.Sequence > 0) continue;
            live.Remove(execution);
            unsettled.Remove(execution);
        }

        foreach (var execution in forgotten.Where(execution => execution.Pending.Sequence > 0)) live.Add(execution);
        forgotten.Clear();
        touched.Clear();
        settledCommit = settledOnDisk;
    }

    void Settled()
    {
        settled.Bind(1, lastCommit).Bind(2, lastExecution).Run();
        settledCommit = lastCommit;
    }

    static void Write(Statement statement, long execution, in Progress progress, long? due) => statement
        .Bind(1, execution).Bind(2, progress.Head).Bind(3, progress.Sequence).Bind(4, StoredCodes.Of(progress.Status)).Bind(5, progress.Redrives).Bind(6, progress.Stop)
        .Bind(7, progress.IsIdle ? 1 : 0).Bind(8, progress.IsIdle ? due : null).Run();

    // A damaged execution counts as running: resuming it finds the damage.
    static CommitHead HeadOf(ReadOnlySpan<byte> data, long execution, long sequence)
    {
        try
        {
            return CommitPacking.ReadHead(data, execution, sequence);
        }
        catch (FormatException)
        {
            return default;
        }
    }

    long AddCommit(LiveExecution execution, long previous, int signals, Span<byte> packed)
    {
        var id = ++lastCommit;
        var sequence = execution.Pending.Sequence + signals;
        CommitPacking.Seal(packed, execution.Id, sequence);
        addCommit.Bind(1, id).Bind(2, execution.Id).Bind(3, sequence).Bind(4, previous).Bind(5, packed).Run();
        return id;
    }

    void SetTokens(long execution, IReadOnlyCollection<string> tokens)
    {
        if (tokens.Count == 0)
        {
            removeTokens.Bind(1, execution).Run();
            return;
        }

        // Of many, each commit changes few.
        var added = new HashSet<string>(tokens, StringComparer.Ordinal);
        List<string>? closed = null;
        findTokens.Bind(1, execution);
        while (findTokens.Step())
        {
            if (findTokens.Text(0) is var token && !added.Remove(token)) (closed ??= []).Add(token);
        }

        closed?.ForEach(token => removeToken.Bind(1, token).Bind(2, execution).Run());
        foreach (var token in added) addToken.Bind(1, token).Bind(2, execution).Run();
    }

    LiveExecution? Find(string arn)
    {
        if (live.Find(arn) is { } known) return known;
        LiveExecution? found = null;
        find.Bind(1, HashOf(arn));
        while (found is null && find.Step())
        {
            if (find.Text(1) != arn) continue;
            found = new LiveExecution(find.Int64(0), arn)
            {
                Pending = new Progress(find.Int64(2), find.Int64(3), find.Int64(4) != 0, StoredCodes.StatusOf(find.Int64(5)), (int)find.Int64(6), find.Int64OrNull(7), IsInRow: true, IsIndexed: true),
            };
        }

        find.Reset();
        if (found is null) return null;
        found.Commit();
        live.Add(found);
        touched.Add(found);
        return found;
    }

    // Most names are the end of their ARN.
    static string? NameToKeep(ExecutionRecord record) => record.Name == NameOf(record.Arn) ? null : record.Name;

    static Progress Of(ExecutionRecord record, long commit, long sequence, bool isInRow, bool isIndexed) =>
        new(commit, sequence, record.IsIdle, record.Status, record.RedriveCount, record.StopTime?.UtcTicks, isInRow, isIndexed);

    /// <summary>What follows the last colon of an ARN.</summary>
    internal static string NameOf(string arn) => arn[(arn.LastIndexOf(':') + 1)..];

    /// <summary>The number an ARN is found by: FNV-1a over its UTF-16 code units.</summary>
    internal static long HashOf(string arn)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in arn) hash = (hash ^ c) * 1099511628211UL;
        return (long)hash;
    }
}
