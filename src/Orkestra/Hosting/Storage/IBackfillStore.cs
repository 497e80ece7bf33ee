namespace Orkestra.Hosting.Storage;

/// <summary>
/// Keeps backfills and their items, so that a backfill goes on after a restart. An <see cref="IExecutionStore"/> that implements it too keeps the backfills of its
/// runtime. Implementations are safe to use from any thread. A call that throws has stored nothing.
/// </summary>
public interface IBackfillStore
{
    /// <summary>Stores a backfill with its items, all or nothing.</summary>
    /// <param name="backfill">The backfill. Its id is new.</param>
    /// <param name="items">Its items, in the order in which they are done.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask CreateBackfillAsync(BackfillRecord backfill, IReadOnlyList<BackfillItem> items, CancellationToken cancellationToken);

    /// <summary>All backfills, newest first.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<BackfillRecord>> ReadBackfillsAsync(CancellationToken cancellationToken);

    /// <summary>The items of a backfill in their order; none when it is not known.</summary>
    /// <param name="id">The backfill.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<BackfillItem>> ReadBackfillItemsAsync(string id, CancellationToken cancellationToken);

    /// <summary>How many items of a backfill have each status. Statuses that none has are left out.</summary>
    /// <param name="id">The backfill.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyDictionary<BackfillItemStatus, int>> CountBackfillItemsAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Sets the status of a backfill that has not ended. With <see cref="BackfillStatus.Cancelled"/>, items that still wait become <see cref="BackfillItemStatus.Cancelled"/> in
    /// the same transaction. Does nothing when the backfill is not known.
    /// </summary>
    /// <param name="id">The backfill.</param>
    /// <param name="status">The status.</param>
    /// <param name="ended">When it ended, UTC; null when it has not.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether the status was set: false when the backfill has ended or is not known.</returns>
    ValueTask<bool> SetBackfillStatusAsync(string id, BackfillStatus status, DateTimeOffset? ended, CancellationToken cancellationToken);

    /// <summary>Replaces an item. Does nothing if no item has its position.</summary>
    /// <param name="id">The backfill.</param>
    /// <param name="item">The item.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask SetBackfillItemAsync(string id, BackfillItem item, CancellationToken cancellationToken);
}

/// <summary>What is stored of a backfill. Immutable.</summary>
public sealed record BackfillRecord
{
    /// <summary>The id, unique in a store.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the workflow.</summary>
    public required string Workflow { get; init; }

    /// <summary>The keys for people: the first and the last one, such as <c>2026-03-01 … 2026-03-31</c>.</summary>
    public required string Keys { get; init; }

    /// <summary>Which keys are run: the name of the policy.</summary>
    public required string Policy { get; init; }

    /// <summary>How many runs are under way at the same time.</summary>
    public required int Concurrency { get; init; }

    /// <summary>The status.</summary>
    public required BackfillStatus Status { get; init; }

    /// <summary>When it was started, UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it ended, UTC; null while it has not.</summary>
    public DateTimeOffset? Ended { get; init; }
}

/// <summary>A key of a backfill. Immutable.</summary>
public sealed record BackfillItem
{
    /// <summary>The place in the order, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>The key as text.</summary>
    public required string Key { get; init; }

    /// <summary>The name of the run: the one that is started, or for a skipped key the one that exists.</summary>
    public required string RunName { get; init; }

    /// <summary>How many runs of the key existed when the backfill was planned. The run is a rerun when there were some.</summary>
    public int EarlierRuns { get; init; }

    /// <summary>The status.</summary>
    public BackfillItemStatus Status { get; init; }

    /// <summary>Why it failed; null when the run itself says it, or when it did not fail.</summary>
    public string? Problem { get; init; }
}

/// <summary>How a backfill stands.</summary>
public enum BackfillStatus
{
    /// <summary>It starts runs.</summary>
    Running,

    /// <summary>It starts no runs. Those that were started go on.</summary>
    Paused,

    /// <summary>Every run has ended, with or without success.</summary>
    Completed,

    /// <summary>It was cancelled: keys that waited are not run.</summary>
    Cancelled,
}

/// <summary>How a key of a backfill stands.</summary>
public enum BackfillItemStatus
{
    /// <summary>Its run is not started yet.</summary>
    Pending,

    /// <summary>Its run is under way.</summary>
    Running,

    /// <summary>Its run succeeded.</summary>
    Succeeded,

    /// <summary>Its run failed, timed out or was stopped, or could not be started.</summary>
    Failed,

    /// <summary>It is not run, because a run exists.</summary>
    Skipped,

    /// <summary>It is not run, because the backfill was cancelled.</summary>
    Cancelled,
}
