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
        lock (schedules) return schedules[schedule.Name] = schedule.AddedTo(schedules.GetValueOrDefault(schedule.Name));
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
}
