using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Files;

namespace Orkestra.Sqlite.Writing;

/// <summary>The backfills and their items.</summary>
internal sealed class BackfillTables(Database database)
{
    internal const string Columns = "id, workflow, policy, concurrency, status, created, ended, keys";
    internal const string ItemColumns = "position, key, run, earlier, status, problem";

    readonly Statement add = database.Prepare($"INSERT INTO backfills ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    readonly Statement addItem = database.Prepare($"INSERT INTO backfill_items (backfill, {ItemColumns}) VALUES (?, ?, ?, ?, ?, ?, ?)");
    readonly Statement find = database.Prepare("SELECT number FROM backfills WHERE id = ?");
    readonly Statement setStatus = database.Prepare("UPDATE backfills SET status = ?2, ended = ?3 WHERE number = ?1");
    readonly Statement findOpen = database.Prepare("SELECT number FROM backfills WHERE id = ? AND ended IS NULL");
    readonly Statement cancelItems = database.Prepare("UPDATE backfill_items SET status = ?3 WHERE backfill = ?1 AND status = ?2");
    readonly Statement remove = database.Prepare("DELETE FROM backfills WHERE number = ? AND ended IS NOT NULL RETURNING number");
    readonly Statement removeItems = database.Prepare("DELETE FROM backfill_items WHERE backfill = ?");
    readonly Statement setItem = database.Prepare("UPDATE backfill_items SET key = ?3, run = ?4, earlier = ?5, status = ?6, problem = ?7 WHERE backfill = ?1 AND position = ?2");

    internal static BackfillRecord Read(Statement row) => new()
    {
        Id = row.Text(0),
        Workflow = row.Text(1),
        Policy = row.Text(2),
        Concurrency = (int)row.Int64(3),
        Status = (BackfillStatus)row.Int64(4),
        Created = new DateTimeOffset(row.Int64(5), TimeSpan.Zero),
        Ended = row.Int64OrNull(6) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
        Keys = row.Text(7),
    };

    internal static BackfillItem ReadItem(Statement row) => new()
    {
        Position = (int)row.Int64(0),
        Key = row.Text(1),
        RunName = row.Text(2),
        EarlierRuns = (int)row.Int64(3),
        Status = (BackfillItemStatus)row.Int64(4),
        Problem = row.IsNull(5) ? null : row.Text(5),
    };

    internal void Create(BackfillRecord backfill, IReadOnlyList<BackfillItem> items)
    {
        if (NumberOf(find, backfill.Id) is not null) throw new ArgumentException($"There is a backfill '{backfill.Id}' already.", nameof(backfill));
        add.Bind(1, backfill.Id).Bind(2, backfill.Workflow).Bind(3, backfill.Policy).Bind(4, backfill.Concurrency).Bind(5, (long)backfill.Status)
            .Bind(6, backfill.Created.UtcTicks).Bind(7, backfill.Ended?.UtcTicks).Bind(8, backfill.Keys).Run();
        var number = NumberOf(find, backfill.Id)!.Value;
        foreach (var item in items) Bind(addItem, number, item).Run();
    }

    internal bool Exists(string id) => NumberOf(find, id) is not null;

    /// <summary>Deletes a backfill that has ended, with its items.</summary>
    /// <returns>Whether it was there.</returns>
    internal bool DeleteEnded(long number)
    {
        var isDeleted = remove.Bind(1, number).Step();
        remove.Reset();
        if (isDeleted) removeItems.Bind(1, number).Run();
        return isDeleted;
    }

    internal bool SetStatus(string id, BackfillStatus status, DateTimeOffset? ended)
    {
        if (NumberOf(findOpen, id) is not { } number) return false;
        setStatus.Bind(1, number).Bind(2, (long)status).Bind(3, ended?.UtcTicks).Run();
        if (status == BackfillStatus.Cancelled) cancelItems.Bind(1, number).Bind(2, (long)BackfillItemStatus.Pending).Bind(3, (long)BackfillItemStatus.Cancelled).Run();
        return true;
    }

    internal void SetItem(string id, BackfillItem item)
    {
        if (NumberOf(find, id) is { } number) Bind(setItem, number, item).Run();
    }

    static long? NumberOf(Statement find, string id)
    {
        find.Bind(1, id);
        if (!find.Step()) return null;
        var number = find.Int64(0);
        find.Reset();
        return number;
    }

    static Statement Bind(Statement statement, long backfill, BackfillItem item) => statement
        .Bind(1, backfill).Bind(2, item.Position).Bind(3, item.Key).Bind(4, item.RunName).Bind(5, item.EarlierRuns).Bind(6, (long)item.Status).Bind(7, item.Problem);
}
