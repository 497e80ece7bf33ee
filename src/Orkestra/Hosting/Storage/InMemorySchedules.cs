namespace Orkestra.Hosting.Storage;

/// <summary>Schedules in memory. Safe to use from any thread.</summary>
internal sealed class InMemorySchedules
{
    readonly Dictionary<string, ScheduleRecord> schedules = new(StringComparer.Ordinal);

    internal IReadOnlyList<ScheduleRecord> All
    {
        get
        {
            lock (schedules) return [.. schedules.Values];
        }
    }

    internal ScheduleRecord Add(ScheduleRecord schedule)
    {
        lock (schedules) return schedules[schedule.Name] = Merge(schedules.GetValueOrDefault(schedule.Name), schedule);
    }

    internal void Change(string name, DateTimeOffset settledUntil, Func<ScheduleRecord, ScheduleRecord> change)
    {
        lock (schedules)
        {
            if (!schedules.TryGetValue(name, out var known)) return;
            var changed = change(known);
            schedules[name] = changed with { SettledUntil = settledUntil > known.SettledUntil ? settledUntil : known.SettledUntil };
        }
    }

    /// <summary>What is stored when a schedule is added, as <see cref="IScheduleStore.AddScheduleAsync"/> says.</summary>
    internal static ScheduleRecord Merge(ScheduleRecord? known, ScheduleRecord added) => known is null ? added
        : known.Expression == added.Expression ? known
        : added with { IsPaused = known.IsPaused, LastFireTime = known.LastFireTime, LastRun = known.LastRun };
}
