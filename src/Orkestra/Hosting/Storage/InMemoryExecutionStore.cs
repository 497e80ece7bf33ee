using System.Collections.Concurrent;
using Orkestra.Engine;
using Orkestra.Engine.Signals;

namespace Orkestra.Hosting.Storage;

/// <summary>Keeps executions, schedules and backfills in memory, for as long as the store itself lives. Safe to use from any thread, and by several runtimes.</summary>
public sealed class InMemoryExecutionStore : IExecutionStore, IScheduleStore, IBackfillStore
{
    readonly ConcurrentDictionary<string, Entry> executions = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, StateMachineRevision> revisions = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string> tokens = new(StringComparer.Ordinal);
    readonly InMemorySchedules schedules = new();
    readonly InMemoryBackfills backfills = new();

    /// <inheritdoc/>
    public bool KeepsHistory => false;

    /// <inheritdoc/>
    public ValueTask CreateAsync(ExecutionCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var entry = new Entry(commit.Execution);
        Add(entry, commit);
        return executions.TryAdd(commit.Execution.Arn, entry) ? ValueTask.CompletedTask : throw new ExecutionExistsException(commit.Execution.Arn);
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(ExecutionCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var arn = commit.Execution.Arn;
        if (!executions.TryGetValue(arn, out var entry)) throw new SequenceConflictException(arn, commit.ExpectedSequence, 0);
        lock (entry.Signals)
        {
            if (entry.Signals.Count != commit.ExpectedSequence) throw new SequenceConflictException(arn, commit.ExpectedSequence, entry.Signals.Count);
            Add(entry, commit);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<ExecutionRecord?> FindAsync(string executionArn, CancellationToken cancellationToken) =>
        ValueTask.FromResult(executions.TryGetValue(executionArn, out var entry) ? entry.Record : null);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ExecutionSignal>> ReadSignalsAsync(string executionArn, CancellationToken cancellationToken)
    {
        if (!executions.TryGetValue(executionArn, out var entry)) return ValueTask.FromResult<IReadOnlyList<ExecutionSignal>>([]);
        lock (entry.Signals) return ValueTask.FromResult<IReadOnlyList<ExecutionSignal>>([.. entry.Signals]);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<HistoryEvent>> ReadHistoryAsync(string executionArn, HistoryRange range, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The store in memory does not keep histories: they are made from the signals.");

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ScheduleRecord>> ReadSchedulesAsync(CancellationToken cancellationToken) => ValueTask.FromResult(schedules.All);

    /// <inheritdoc/>
    public ValueTask<ScheduleRecord> AddScheduleAsync(ScheduleRecord schedule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return ValueTask.FromResult(schedules.Add(schedule));
    }

    /// <inheritdoc/>
    public ValueTask SetPausedAsync(string name, bool isPaused, DateTimeOffset settledUntil, CancellationToken cancellationToken)
    {
        schedules.Change(name, settledUntil, known => known with { IsPaused = isPaused });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask SetSettledAsync(string name, DateTimeOffset settledUntil, DateTimeOffset? lastFireTime, string? lastRun, CancellationToken cancellationToken)
    {
        schedules.Change(name, settledUntil, known => known with { LastFireTime = lastFireTime ?? known.LastFireTime, LastRun = lastRun ?? known.LastRun });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CreateBackfillAsync(BackfillRecord backfill, IReadOnlyList<BackfillItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(backfill);
        ArgumentNullException.ThrowIfNull(items);
        backfills.Create(backfill, items);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BackfillRecord>> ReadBackfillsAsync(CancellationToken cancellationToken) => ValueTask.FromResult(backfills.All);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BackfillItem>> ReadBackfillItemsAsync(string id, CancellationToken cancellationToken) => ValueTask.FromResult(backfills.ItemsOf(id));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<BackfillItemStatus, int>> CountBackfillItemsAsync(string id, CancellationToken cancellationToken) => ValueTask.FromResult(backfills.Count(id));

    /// <inheritdoc/>
    public ValueTask<bool> SetBackfillStatusAsync(string id, BackfillStatus status, DateTimeOffset? ended, CancellationToken cancellationToken) =>
        ValueTask.FromResult(backfills.SetStatus(id, status, ended));

    /// <inheritdoc/>
    public ValueTask SetBackfillItemAsync(string id, BackfillItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        backfills.SetItem(id, item);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<ExecutionPage> QueryAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ValueTask.FromResult(ExecutionPages.Of(executions.Values.Select(entry => entry.Record), query));
    }

    /// <inheritdoc/>
    public ValueTask SaveRevisionAsync(StateMachineRevision revision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(revision);
        revisions.TryAdd(revision.Hash, revision);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<StateMachineRevision?> FindRevisionAsync(string definitionHash, CancellationToken cancellationToken) =>
        ValueTask.FromResult(revisions.GetValueOrDefault(definitionHash));

    /// <inheritdoc/>
    public ValueTask<string?> FindTokenOwnerAsync(string taskToken, CancellationToken cancellationToken) => ValueTask.FromResult(tokens.GetValueOrDefault(taskToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ExecutionRecord>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<ExecutionRecord>>(
        [
            .. executions.Values.Select(entry => entry.Record)
                .Where(record => record is { IsIdle: true, Status: ExecutionStatus.Running, NextDue: { } due } && due <= until)
                .OrderBy(record => record.NextDue).Take(limit),
        ]);

    void Add(Entry entry, ExecutionCommit commit)
    {
        entry.Signals.AddRange(commit.Signals.Span);
        entry.Record = commit.Execution;
        if (commit.OpenTokens is not { } open) return;
        foreach (var token in entry.Tokens) tokens.TryRemove(token, out _);
        entry.Tokens = [.. open];
        foreach (var token in entry.Tokens) tokens[token] = commit.Execution.Arn;
    }

    sealed class Entry(ExecutionRecord record)
    {
        internal List<ExecutionSignal> Signals { get; } = [];

        internal string[] Tokens { get; set; } = [];

        internal ExecutionRecord Record { get; set; } = record;
    }
}
