namespace Orkestra.Conformance;

/// <summary>A clock that stands still until it is moved, and whose timers fire only when they are told to.</summary>
sealed class HeldClock(long ticks = 0) : TimeProvider
{
    static readonly long Beginning = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    readonly List<Timer> timers = [];
    long now = ticks == 0 ? Beginning : ticks;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref now), TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        lock (timers) timers.Add(timer);
        return timer;
    }

    /// <summary>Sets the time; it never goes back.</summary>
    internal void MoveTo(long ticks) => Volatile.Write(ref now, Math.Max(now, ticks));

    /// <summary>Moves to the time at which the next timer is due; stays when none waits.</summary>
    internal void MoveToNext()
    {
        lock (timers)
        {
            var next = timers.Count == 0 ? long.MaxValue : timers.Min(timer => timer.Due);
            if (next < long.MaxValue) MoveTo(next);
        }
    }

    /// <summary>Fires the timers that are due, oldest first, of those whose state is wanted.</summary>
    internal void Fire(Func<object?, bool> isWanted)
    {
        Timer[] due;
        lock (timers) due = [.. timers.Where(timer => timer.Due <= now && isWanted(timer.State)).OrderBy(timer => timer.Due)];
        foreach (var timer in due) timer.Fire();
    }

    sealed class Timer(HeldClock clock, TimerCallback callback, object? state) : ITimer
    {
        internal object? State => state;

        internal long Due { get; private set; } = long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : clock.now + dueTime.Ticks;
            return true;
        }

        internal void Fire()
        {
            if (Due == long.MaxValue) return;
            Due = long.MaxValue;
            callback(state);
        }

        public void Dispose()
        {
            Due = long.MaxValue;
            lock (clock.timers) clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
