using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Files;

namespace Orkestra.Sqlite.Writing;

/// <summary>The schedules.</summary>
internal sealed class ScheduleTable(Database database)
{
    internal const string Columns = "name, expression, since, paused, settled, last_fire, last_run";

    readonly Statement find = database.Prepare($"SELECT {Columns} FROM schedules WHERE name = ?");
    readonly Statement set = database.Prepare($"INSERT OR REPLACE INTO schedules ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?)");
    readonly Statement pause = database.Prepare("UPDATE schedules SET paused = ?2, settled = max(settled, ?3) WHERE name = ?1");
    readonly Statement settle = database.Prepare("UPDATE schedules SET settled = max(settled, ?2), last_fire = coalesce(?3, last_fire), last_run = coalesce(?4, last_run) WHERE name = ?1");

    internal static ScheduleRecord Read(Statement row) => new()
    {
        Name = row.Text(0),
        Expression = row.Text(1),
        Since = Time(row.Int64(2)),
        IsPaused = row.Int64(3) != 0,
        SettledUntil = Time(row.Int64(4)),
        LastFireTime = row.Int64OrNull(5) is { } ticks ? Time(ticks) : null,
        LastRun = row.IsNull(6) ? null : row.Text(6),
    };

    internal ScheduleRecord Add(ScheduleRecord schedule)
    {
        find.Bind(1, schedule.Name);
        ScheduleRecord? known = null;
        if (find.Step())
        {
            known = Read(find);
            find.Reset();
        }

        var merged = schedule.AddedTo(known);
        if (merged != known)
        {
            set.Bind(1, merged.Name).Bind(2, merged.Expression).Bind(3, merged.Since.UtcTicks).Bind(4, merged.IsPaused ? 1 : 0).Bind(5, merged.SettledUntil.UtcTicks)
                .Bind(6, merged.LastFireTime?.UtcTicks).Bind(7, merged.LastRun).Run();
        }

        return merged;
    }

    internal void SetPaused(string name, bool isPaused, DateTimeOffset settledUntil) => pause.Bind(1, name).Bind(2, isPaused ? 1 : 0).Bind(3, settledUntil.UtcTicks).Run();

    internal void SetSettled(string name, DateTimeOffset settledUntil, DateTimeOffset? lastFireTime, string? lastRun) =>
        settle.Bind(1, name).Bind(2, settledUntil.UtcTicks).Bind(3, lastFireTime?.UtcTicks).Bind(4, lastRun).Run();

    static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
