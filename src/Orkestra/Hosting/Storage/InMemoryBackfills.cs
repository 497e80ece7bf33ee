namespace Orkestra.Hosting.Storage;

/// <summary>Backfills in memory. Safe to use from any thread.</summary>
internal sealed class InMemoryBackfills
{
    readonly Lock gate = new();
    readonly List<(BackfillRecord Backfill, BackfillItem[] Items)> backfills = [];

    internal IReadOnlyList<BackfillRecord> All
    {
        get
        {
            lock (gate) return [.. backfills.Select(entry => entry.Backfill).Reverse()];
        }
    }

    internal void Create(BackfillRecord backfill, IReadOnlyList<BackfillItem> items)
    {
        lock (gate)
        {
            if (IndexOf(backfill.Id) >= 0) throw new ArgumentException($"There is a backfill '{backfill.Id}' already.", nameof(backfill));
            backfills.Add((backfill, [.. items]));
        }
    }

    internal IReadOnlyList<BackfillItem> ItemsOf(string id)
    {
        lock (gate) return IndexOf(id) is >= 0 and var index ? [.. backfills[index].Items] : [];
    }

    internal IReadOnlyDictionary<BackfillItemStatus, int> Count(string id)
    {
        lock (gate) return IndexOf(id) is >= 0 and var index ? backfills[index].Items.CountBy(item => item.Status).ToDictionary() : [];
    }

    internal bool SetStatus(string id, BackfillStatus status, DateTimeOffset? ended)
    {
        lock (gate)
        {
            if (IndexOf(id) is not (>= 0 and var index) || backfills[index].Backfill.Ended is not null) return false;
            var (backfill, items) = backfills[index];
            backfills[index] = (backfill with { Status = status, Ended = ended }, items);
            if (status != BackfillStatus.Cancelled) return true;
            for (var i = 0; i < items.Length; i++)
            {
                if (items[i].Status == BackfillItemStatus.Pending) items[i] = items[i] with { Status = BackfillItemStatus.Cancelled };
            }

            return true;
        }
    }

    internal void SetItem(string id, BackfillItem item)
    {
        lock (gate)
        {
            if (IndexOf(id) is >= 0 and var index && item.Position >= 0 && item.Position < backfills[index].Items.Length) backfills[index].Items[item.Position] = item;
        }
    }

    int IndexOf(string id) => backfills.FindIndex(entry => entry.Backfill.Id == id);
}
