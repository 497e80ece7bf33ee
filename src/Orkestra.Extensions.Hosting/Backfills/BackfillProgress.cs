using Orkestra.Hosting.Storage;

namespace Orkestra.Extensions.Hosting.Backfills;

/// <summary>How a backfill stands, as it was last stored. Immutable.</summary>
public sealed record BackfillProgress
{
    internal BackfillProgress(BackfillRecord backfill, IReadOnlyList<BackfillItem> items) => (Backfill, Items) = (backfill, items);

    /// <summary>The backfill.</summary>
    public BackfillRecord Backfill { get; }

    /// <summary>The keys, in the order in which they are run.</summary>
    public IReadOnlyList<BackfillItem> Items { get; }

    /// <summary>How many keys are run, those that are cancelled included.</summary>
    public int Runs => Items.Count - Count(BackfillItemStatus.Skipped);

    /// <summary>How many runs have ended.</summary>
    public int Done => Count(BackfillItemStatus.Succeeded) + Count(BackfillItemStatus.Failed);

    /// <summary>How many of the runs are reruns.</summary>
    public int Reruns => Items.Count(item => item.Status != BackfillItemStatus.Skipped && item.EarlierRuns > 0);

    /// <summary>How many keys have a status.</summary>
    /// <param name="status">The status.</param>
    public int Count(BackfillItemStatus status) => Items.Count(item => item.Status == status);
}
