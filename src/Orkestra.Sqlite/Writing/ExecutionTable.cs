using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Files;
using Orkestra.Sqlite.Packing;

namespace Orkestra.Sqlite.Writing;

/// <summary>
/// The executions and their commits. A commit is one new row at the end of a table. The row of an execution, with its indexes, is written when the execution starts, when
/// it begins or ends to wait, and when it ends; those of executions that work are settled after some thousand commits.
/// </summary>
internal sealed class ExecutionTable
{
    /// <summary>After how many commits the rows of executions that work are written.</summary>
    internal const int CommitsToSettle = 8192;

    readonly Database database;
    readonly LiveExecutions live;
    readonly TextTable texts;
    readonly Statement find;
    readonly Statement add;
    readonly Statement update;
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
        find = database.Prepare("SELECT id, arn, head, sequence, idle, status, redrives FROM executions WHERE arn_hash = ?");
        add = database.Prepare(
            """
            INSERT INTO executions (
                id, arn_hash, arn, name, machine, definition, map_run, map_run_redrives, type, start, first, first_sequence, head, sequence, status, redrives, stop, idle, due,
                version, alias)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
            """);
        update = database.Prepare(
            "UPDATE executions SET head = ?2, sequence = ?3, status = ?4, redrives = ?5, stop = ?6, idle = ?7, due = ?8 WHERE id = ?1");
        settle = database.Prepare("UPDATE executions SET head = ?2, sequence = ?3 WHERE id = ?1 AND sequence < ?3");
        settled = database.Prepare("UPDATE settled SET commits = ?");
        addCommit = database.Prepare("INSERT INTO commits (id, execution, sequence, previous, data) VALUES (?, ?, ?, ?, ?)");
        findTokens = database.Prepare("SELECT token FROM tokens WHERE execution = ?");
        removeToken = database.Prepare("DELETE FROM tokens WHERE token = ? AND execution = ?");
        removeTokens = database.Prepare("DELETE FROM tokens WHERE execution = ?");
        addToken = database.Prepare("INSERT OR REPLACE INTO tokens (token, execution) VALUES (?, ?)");
        lastExecution = database.Number("SELECT ifnull(max(id), 0) FROM executions");
        settledCommit = settledOnDisk = database.Number("SELECT commits FROM settled");
        // What is settled stays behind what is added, also when the last commits were pruned.
        lastCommit = Math.Max(settledCommit, database.Number("SELECT ifnull(max(id), 0) FROM commits"));
    }

    /// <summary>Brings the rows up to the last commits, after a process ended before it did.</summary>
    internal void Recover()
    {
        if (lastCommit == settledCommit) return;
        using var statement = database.PrepareOnce("SELECT execution, max(id), max(sequence) FROM commits WHERE id > ? GROUP BY execution");
        statement.Bind(1, settledCommit);
        while (statement.Step()) settle.Bind(1, statement.Int64(0)).Bind(2, statement.Int64(1)).Bind(3, statement.Int64(2)).Run();
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
        execution.Pending = Of(record, commit, signals, isInRow: true);
        // Before the batch is on the disk no reader needs it here, and a later commit of the batch does.
        live.Add(execution);
        touched.Add(execution);
        add.Bind(1, execution.Id).Bind(2, HashOf(record.Arn)).Bind(3, record.Arn).Bind(4, NameToKeep(record)).Bind(5, machine).Bind(6, definition).Bind(7, mapRun)
            .Bind(8, record.Parent?.Redrives ?? 0).Bind(9, StoredCodes.Of(record.Type)).Bind(10, record.StartTime.UtcTicks).Bind(11, commit).Bind(12, signals)
            .Bind(13, StoredCodes.Of(record.Status)).Bind(14, record.RedriveCount).Bind(15, record.StopTime?.UtcTicks).Bind(16, record.IsIdle ? 1 : 0)
            .Bind(17, record.IsIdle ? record.NextDue?.UtcTicks : null)
            .Bind(18, texts.IdOf(record.StateMachineVersionArn)).Bind(19, texts.IdOf(record.StateMachineAliasArn)).Run();
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
        var isInRow = record.Status != known.Status || record.IsIdle || known.IsIdle || record.RedriveCount != known.Redrives || record.StopTime is not null;
        execution.Pending = Of(record, commit, known.Sequence + signals, isInRow);
        if (isInRow)
        {
            update.Bind(1, execution.Id).Bind(2, commit).Bind(3, execution.Pending.Sequence).Bind(4, StoredCodes.Of(record.Status)).Bind(5, record.RedriveCount)
                .Bind(6, record.StopTime?.UtcTicks).Bind(7, record.IsIdle ? 1 : 0).Bind(8, record.IsIdle ? record.NextDue?.UtcTicks : null).Run();
        }

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

    /// <summary>Writes the rows of executions that work.</summary>
    internal void Settle()
    {
        unsettled.UnionWith(touched);
        foreach (var execution in unsettled)
        {
            if (execution.Pending is not { IsInRow: false } known || forgotten.Contains(execution)) continue;
            settle.Bind(1, execution.Id).Bind(2, known.Head).Bind(3, known.Sequence).Run();
            execution.Pending = known with { IsInRow = true };
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
        settled.Bind(1, lastCommit).Run();
        settledCommit = lastCommit;
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
                Pending = new Progress(find.Int64(2), find.Int64(3), find.Int64(4) != 0, StoredCodes.StatusOf(find.Int64(5)), (int)find.Int64(6), IsInRow: true),
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

    static Progress Of(ExecutionRecord record, long commit, long sequence, bool isInRow) =>
        new(commit, sequence, record.IsIdle, record.Status, record.RedriveCount, isInRow);

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
