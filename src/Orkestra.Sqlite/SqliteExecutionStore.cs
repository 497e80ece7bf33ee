using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Hosting.StepLogs;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Files;
using Orkestra.Sqlite.Reading;
using Orkestra.Sqlite.Retention;
using Orkestra.Sqlite.Transfer;
using Orkestra.Sqlite.Writing;

namespace Orkestra.Sqlite;

/// <summary>
/// Keeps executions, what their steps log, schedules, backfills, and the catalog of the service, in a SQLite file, so that they survive the process and the failure of the machine: a call that writes ends when the
/// disk has what it wrote. The commits of all executions that wait at the same time share one sync of the disk. Only one store at a time uses a file. Safe to use from any
/// thread, and by several runtimes of the process. Dispose it after the runtime.
/// </summary>
/// <remarks>
/// Faults that may pass, such as a full disk, are thrown as <see cref="SqliteException"/>; those that do not, such as a damaged file, as
/// <see cref="ExecutionStoreException"/>.
/// </remarks>
public sealed class SqliteExecutionStore : IExecutionStore, ICatalogStore, IStepLogStore, IScheduleStore, IBackfillStore, IStoreCondition, IDisposable, IAsyncDisposable
{
    readonly StoreFile file;
    readonly CommitWriter? writer;
    readonly ReaderPool readers;
    readonly ConcurrentDictionary<string, bool> savedRevisions = new(StringComparer.Ordinal);

    /// <summary>Opens a store, and makes the file and its folder when they do not exist. A file of an earlier version is brought to this one.</summary>
    /// <param name="path">The path of the file, such as <c>.orkestra/executions.db</c>. SQLite keeps two more beside it, and the store a lock.</param>
    /// <exception cref="ExecutionStoreException">
    /// Another store uses the file, a newer version of Orkestra made it, it is something else or damaged, or it cannot be written so that a commit stays after the machine
    /// fails.
    /// </exception>
    public SqliteExecutionStore(string path)
        : this(path, new StepLogLimits())
    {
    }

    /// <summary>Opens a store that bounds what the steps of an execution log.</summary>
    /// <param name="path">The path of the file, as for <see cref="SqliteExecutionStore(string)"/>.</param>
    /// <param name="stepLogs">How much is kept of what the steps of an execution log.</param>
    /// <exception cref="ExecutionStoreException">As for <see cref="SqliteExecutionStore(string)"/>.</exception>
    public SqliteExecutionStore(string path, StepLogLimits stepLogs)
    {
        ArgumentNullException.ThrowIfNull(stepLogs);
        ArgumentException.ThrowIfNullOrEmpty(path);
        file = StoreFile.Open(path);
        var live = new LiveExecutions();
        try
        {
            writer = new CommitWriter(file.Writer, live, stepLogs);
            readers = new ReaderPool(file, live);
        }
        catch (SqliteException problem)
        {
            file.Dispose();
            throw StoreFaults.OfOpening(path, problem);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    SqliteExecutionStore(StoreFile file)
    {
        this.file = file;
        readers = new ReaderPool(file, live: null);
    }

    /// <summary>
    /// Opens a store to look at what it has, such as a copy, or a file on a disk that cannot be written. Nothing is made or changed, and what would write throws
    /// <see cref="ExecutionStoreException"/>. While another store writes the file, it must be
    /// possible to write its folder.
    /// </summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="ExecutionStoreException">There is no such file, it is not a store, or a version with another schema made it.</exception>
    public static SqliteExecutionStore OpenReadOnly(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new SqliteExecutionStore(StoreFile.OpenReadOnly(path));
    }

    /// <summary>Why nothing can be written: the store was opened to be read only, or the last transaction failed. Null otherwise.</summary>
    public string? WriteProblem => writer is null ? ReadOnlyProblem : writer.WriteProblem;

    string ReadOnlyProblem => $"The store '{Path}' was opened to be read only.";

    internal CommitWriter Writer => writer ?? throw new ExecutionStoreException(ReadOnlyProblem);

    /// <summary>The full path of the file.</summary>
    public string Path => file.Path;

    /// <summary>False: histories are made from the signals, which takes less room and time than keeping them.</summary>
    public bool KeepsHistory => false;

    /// <inheritdoc/>
    public ValueTask CreateAsync(ExecutionCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        if (commit.ExpectedSequence != 0 || commit.Signals.IsEmpty || commit.Signals.Span[0].Start is not { } start || start.Input != commit.Execution.Input)
            throw new ArgumentException("The first signal of an execution must be its start, with the input of its record.", nameof(commit));
        return Writer.AddAsync(commit, creates: true, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(ExecutionCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return Writer.AddAsync(commit, creates: false, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ExecutionRecord?> FindAsync(string executionArn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(executionArn);
        return Read(reader => reader.Find(executionArn), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ExecutionSignal>> ReadSignalsAsync(string executionArn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(executionArn);
        return Read(reader => reader.ReadSignals(executionArn), cancellationToken);
    }

    /// <summary>Not supported: <see cref="KeepsHistory"/> is false. Ask the runtime for a history.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public ValueTask<IReadOnlyList<HistoryEvent>> ReadHistoryAsync(string executionArn, HistoryRange range, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The store keeps no histories: they are made from the signals. Read them with OrkestraRuntime.ReadHistoryAsync.");

    /// <inheritdoc/>
    public ValueTask<ExecutionPage> QueryAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        var after = query.PageToken is { } token ? PagePlace.Parse(token) : null;
        return Read(
            reader =>
            {
                var found = reader.Query(query, after, query.Limit + 1);
                return found.Count <= query.Limit ? new ExecutionPage(found, null) : new ExecutionPage(found[..query.Limit], PagePlace.Of(found[query.Limit - 1]).ToString());
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask SaveRevisionAsync(StateMachineRevision revision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(revision);
        // Before each start of an execution.
        return savedRevisions.ContainsKey(revision.Hash) ? ValueTask.CompletedTask : new ValueTask(SaveAsync());

        async Task SaveAsync()
        {
            await Writer.DoAsync(
                tables =>
                {
                    tables.Documents.Add(revision);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
            savedRevisions[revision.Hash] = true;
        }
    }

    /// <inheritdoc/>
    public ValueTask<StateMachineRevision?> FindRevisionAsync(string definitionHash, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definitionHash);
        return Read(reader => reader.FindRevision(definitionHash), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<string?> FindTokenOwnerAsync(string taskToken, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(taskToken);
        return Read(reader => reader.FindTokenOwner(taskToken), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ExecutionRecord>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellationToken) =>
        Read(reader => reader.ReadDue(until, limit), cancellationToken);

    async ValueTask IStepLogStore.AppendAsync(IReadOnlyList<StepLogLine> lines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lines);
        await Writer.DoAsync(
            tables =>
            {
                foreach (var line in lines) tables.StepLogs.Add(line);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    ValueTask<StepLogPage> IStepLogStore.ReadAsync(StepLogQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read(reader => reader.ReadStepLogs(query), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CatalogEntry>> ReadAllAsync(CancellationToken cancellationToken) => Read(reader => reader.ReadCatalog(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask WriteAsync(IReadOnlyList<CatalogEntry> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return WriteAsync(
            tables =>
            {
                foreach (var change in changes) tables.Documents.Write(change);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ScheduleRecord>> ReadSchedulesAsync(CancellationToken cancellationToken) => Read(reader => reader.ReadSchedules(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ScheduleRecord> AddScheduleAsync(ScheduleRecord schedule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return new(Writer.DoAsync(tables => tables.Schedules.Add(schedule), cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask SetPausedAsync(string name, bool isPaused, DateTimeOffset settledUntil, CancellationToken cancellationToken) =>
        WriteAsync(tables => tables.Schedules.SetPaused(name, isPaused, settledUntil), cancellationToken);

    /// <inheritdoc/>
    public ValueTask SetSettledAsync(string name, DateTimeOffset settledUntil, DateTimeOffset? lastFireTime, string? lastRun, CancellationToken cancellationToken) =>
        WriteAsync(tables => tables.Schedules.SetSettled(name, settledUntil, lastFireTime, lastRun), cancellationToken);

    /// <inheritdoc/>
    public ValueTask CreateBackfillAsync(BackfillRecord backfill, IReadOnlyList<BackfillItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(backfill);
        ArgumentNullException.ThrowIfNull(items);
        return WriteAsync(tables => tables.Backfills.Create(backfill, items), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BackfillRecord>> ReadBackfillsAsync(CancellationToken cancellationToken) => Read(reader => reader.ReadBackfills(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BackfillItem>> ReadBackfillItemsAsync(string id, CancellationToken cancellationToken) => Read(reader => reader.ReadBackfillItems(id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<BackfillItemStatus, int>> CountBackfillItemsAsync(string id, CancellationToken cancellationToken) => Read(reader => reader.CountBackfillItems(id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> SetBackfillStatusAsync(string id, BackfillStatus status, DateTimeOffset? ended, CancellationToken cancellationToken) =>
        new(Writer.DoAsync(tables => tables.Backfills.SetStatus(id, status, ended), cancellationToken));

    /// <inheritdoc/>
    public ValueTask SetBackfillItemAsync(string id, BackfillItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        return WriteAsync(tables => tables.Backfills.SetItem(id, item), cancellationToken);
    }

    /// <summary>
    /// Deletes executions that have ended, as a policy says, with the child executions of their Map Runs and what their steps logged, and backfills that have ended. Executions that
    /// work go on meanwhile. The room is used again by what comes later; the file does not shrink.
    /// </summary>
    /// <param name="policy">Which executions to keep.</param>
    /// <param name="cancellationToken">Ends the call; what was deleted until then stays deleted.</param>
    /// <returns>How many were deleted.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative.</exception>
    public Task<PruneSummary> PruneAsync(RetentionPolicy policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.MaxAge is { } age) ArgumentOutOfRangeException.ThrowIfLessThan(age, TimeSpan.Zero, nameof(policy));
        if (policy.MaxCount is { } count) ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(policy));
        return new Pruning(Writer, readers).RunAsync(policy, cancellationToken);
    }

    /// <summary>
    /// Writes executions as lines of JSON, newest start first, with their definitions, the child executions of their Map Runs and what their steps logged. Each is as of one moment.
    /// Executions that have not ended are written too; resume them in one place only. Without a query, backfills follow.
    /// </summary>
    /// <param name="destination">Receives UTF-8 text. Stays open.</param>
    /// <param name="query">Which executions; all of them when null. <see cref="ExecutionQuery.Limit"/> does not matter.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many executions were written, child executions among them.</returns>
    public Task<int> ExportAsync(Stream destination, ExecutionQuery? query = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return new Exporting(this, readers, destination).RunAsync(query, cancellationToken);
    }

    /// <summary>Adds executions, definitions and backfills that <see cref="ExportAsync"/> wrote. Executions that have not ended go on when a runtime resumes them.</summary>
    /// <param name="source">UTF-8 text. Stays open.</param>
    /// <param name="cancellationToken">Ends the call; what was added until then stays.</param>
    /// <returns>What was added, and what was there already.</returns>
    /// <exception cref="FormatException">A line cannot be read; the message has its number. Lines before it may have been added, and are skipped the next time.</exception>
    public Task<ImportSummary> ImportAsync(Stream source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Importing(Writer, source).RunAsync(cancellationToken);
    }

    /// <summary>Writes what was asked for until now, and closes the file. What is asked for later throws <see cref="ExecutionStoreException"/>.</summary>
    public void Dispose()
    {
        writer?.Dispose();
        readers.Dispose();
        file.Dispose();
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync() => await Task.Run(Dispose).ConfigureAwait(false);

    async ValueTask WriteAsync(Action<StoreTables> write, CancellationToken cancellationToken) => await Writer.DoAsync(
        tables =>
        {
            write(tables);
            return true;
        },
        cancellationToken).ConfigureAwait(false);

    // Readers wait for no one, so that a thread that reads is not kept long.
    ValueTask<T> Read<T>(Func<StoreReader, T> read, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<T>(cancellationToken);
        try
        {
            return ValueTask.FromResult(readers.Read(read));
        }
#pragma warning disable CA1031 // The caller gets whatever it is.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return ValueTask.FromException<T>(problem);
        }
    }
}
