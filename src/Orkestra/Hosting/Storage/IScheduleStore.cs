namespace Orkestra.Hosting.Storage;

/// <summary>
/// Keeps what schedules need to know after a restart: whether they are paused, and up to when their fire times are settled. An <see cref="IExecutionStore"/> that
/// implements it too keeps the schedules of its runtime. Implementations are safe to use from any thread. A call that throws has stored nothing.
/// </summary>
public interface IScheduleStore
{
    /// <summary>The schedules that are known, in no particular order.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<ScheduleRecord>> ReadSchedulesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Adds a schedule. A schedule with this name and this <see cref="ScheduleRecord.Expression"/> stays as it is. One with another expression begins anew and keeps
    /// <see cref="ScheduleRecord.IsPaused"/>, <see cref="ScheduleRecord.LastFireTime"/> and <see cref="ScheduleRecord.LastRun"/>.
    /// </summary>
    /// <param name="schedule">The schedule as it is when it is not known.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The schedule as it is stored now.</returns>
    ValueTask<ScheduleRecord> AddScheduleAsync(ScheduleRecord schedule, CancellationToken cancellationToken);

    /// <summary>Pauses a schedule, or lets it go on. Its fire times up to <paramref name="settledUntil"/> are settled afterwards. Does nothing when the schedule is not known.</summary>
    /// <param name="name">The schedule.</param>
    /// <param name="isPaused">Whether it is paused from now on.</param>
    /// <param name="settledUntil">Up to when fire times are settled. A time before the stored one does not take it back.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask SetPausedAsync(string name, bool isPaused, DateTimeOffset settledUntil, CancellationToken cancellationToken);

    /// <summary>Stores that the fire times of a schedule up to a time are settled. Does nothing when the schedule is not known.</summary>
    /// <param name="name">The schedule.</param>
    /// <param name="settledUntil">Up to when. A time before the stored one does not take it back.</param>
    /// <param name="lastFireTime">The fire time whose run was started; null when none was, which leaves the stored one.</param>
    /// <param name="lastRun">The ARN of that run; null leaves the stored one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask SetSettledAsync(string name, DateTimeOffset settledUntil, DateTimeOffset? lastFireTime, string? lastRun, CancellationToken cancellationToken);
}

/// <summary>What is stored of a schedule. Immutable.</summary>
public sealed record ScheduleRecord
{
    /// <summary>The name, unique in a store.</summary>
    public required string Name { get; init; }

    /// <summary>When it fires: the expression with its time zone.</summary>
    public required string Expression { get; init; }

    /// <summary>Since when the schedule is known with this expression, UTC. A rate without a start counts from here.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Whether it is paused; false by default.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Up to when fire times are settled, UTC: each was started, or skipped on purpose.</summary>
    public required DateTimeOffset SettledUntil { get; init; }

    /// <summary>The last fire time whose run was started, UTC; null for none.</summary>
    public DateTimeOffset? LastFireTime { get; init; }

    /// <summary>The ARN of the last run; null for none.</summary>
    public string? LastRun { get; init; }

    /// <summary>What a store keeps when this schedule is added to it, as <see cref="IScheduleStore.AddScheduleAsync"/> says.</summary>
    /// <param name="known">What the store keeps of the schedule with this name; null when it is not known.</param>
    public ScheduleRecord AddedTo(ScheduleRecord? known) => known is null ? this
        : known.Expression == Expression ? known
        : this with { IsPaused = known.IsPaused, LastFireTime = known.LastFireTime, LastRun = known.LastRun };
}
