namespace Orkestra.Hosting.Running;

/// <summary>The clock of a runtime, and its handshake with a clock that skips: such a clock stands still while anything works.</summary>
/// <param name="clock">The clock.</param>
/// <param name="longestSleep">How long nothing looks at the clock at most; no limit by default.</param>
internal sealed class RunClock(TimeProvider clock, TimeSpan longestSleep = default)
{
    readonly SkippingTimeProvider? skipping = clock as SkippingTimeProvider;
    readonly bool isSystemClock = ReferenceEquals(clock, TimeProvider.System);
    ClockRead lastRead = new(-1, 0);

    internal TimeProvider TimeProvider => clock;

    internal bool Skips => skipping is not null;

    /// <summary>
    /// The longest delay of a timer. The system's clock may be set, and timers stand still while a machine sleeps, so that the clock is looked at now and then; a clock that skips
    /// needs nothing of it.
    /// </summary>
    internal TimeSpan LongestSleep => skipping is null && longestSleep > TimeSpan.Zero ? longestSleep : TimeSpan.FromDays(40);

    /// <summary>
    /// The time in UTC ticks. History events carry milliseconds, so the system's clock is read once in each of its ticks (some milliseconds): a read costs as much as a
    /// state.
    /// </summary>
    internal long UtcTicks
    {
        get
        {
            if (!isSystemClock) return clock.GetUtcNow().UtcTicks;
            var tick = Environment.TickCount64;
            var known = lastRead;
            if (known.Tick == tick) return known.UtcTicks;
            known = new ClockRead(tick, clock.GetUtcNow().UtcTicks);
            lastRead = known;
            return known.UtcTicks;
        }
    }

    /// <summary>A pump begins to work.</summary>
    internal void BeginPump() => skipping?.BeginPump();

    /// <summary>A pump rests, or has ended.</summary>
    internal void EndPump() => skipping?.EndPump();

    /// <summary>Something outside of the pumps begins to work.</summary>
    internal void BeginWork() => skipping?.Enter();

    /// <summary>Something outside of the pumps has ended, and what follows from it was done.</summary>
    internal void EndWork() => skipping?.LeaveAndSkip();

    internal ITimer CreateTimer(TimerCallback callback, object state, TimeSpan delay) =>
        skipping?.CreateRunTimer(callback, state, delay) ?? clock.CreateTimer(callback, state, delay, Timeout.InfiniteTimeSpan);

    sealed record ClockRead(long Tick, long UtcTicks);
}

/// <summary>The one timer of an execution, set to its next due time.</summary>
internal struct RunTimer
{
    ITimer? timer;
    long due;

    /// <param name="next">The time, UTC ticks; null when nothing is due.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="callback">Called with <paramref name="state"/> when the time has come, and perhaps before.</param>
    /// <param name="state">What the callback gets.</param>
    internal void Set(long? next, RunClock clock, TimerCallback callback, object state)
    {
        if (next is not { } wanted)
        {
            if (due == 0) return;
            due = 0;
            timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        if (due == wanted) return;
        due = wanted;
        // A timer that fires early is set again.
        var delay = TimeSpan.FromTicks(Math.Clamp(wanted - clock.UtcTicks, 0, clock.LongestSleep.Ticks));
        if (timer is null) timer = clock.CreateTimer(callback, state, delay);
        else timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The timer fired.</summary>
    internal void Clear() => due = 0;

    internal void Dispose()
    {
        due = 0;
        timer?.Dispose();
        timer = null;
    }
}
