namespace Orkestra.Hosting;

/// <summary>
/// A clock that stands still while something works and jumps to the next due time when everything waits, so that a flow that waits a day ends at once. Give
/// it to an <see cref="OrkestraRuntime"/>; tasks that wait should wait with it too (<c>Task.Delay(delay, clock, …)</c>). A task that waits for anything else
/// keeps the clock still until it has ended.
/// </summary>
public sealed class SkippingTimeProvider : TimeProvider
{
    readonly Lock gate = new();
    readonly PriorityQueue<VirtualTimer, (long Due, long Sequence)> timers = new();
    long now;
    long sequence;
    int working;
    int pumping;
    int held;
    int userTimers;
    bool isSkipping;
    bool skipAgain;

    /// <summary>A clock.</summary>
    /// <param name="start">The time it begins at; 2025-01-01T00:00:00Z when null.</param>
    public SkippingTimeProvider(DateTimeOffset? start = null) =>
        now = (start ?? new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero)).UtcTicks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref now), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref now);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state, isUser: true);
        timer.Change(dueTime, period);
        TrySkip();
        return timer;
    }

    /// <summary>
    /// Keeps the clock still until the hold is disposed, such as while a test answers a callback and no timeout should come first. Holds add up: the clock goes on when the last one
    /// is disposed. Safe to call from any thread.
    /// </summary>
    /// <returns>The hold. Disposing it again does nothing.</returns>
    public IDisposable Hold()
    {
        lock (gate) held++;
        return new ClockHold(this);
    }

    internal ITimer CreateRunTimer(TimerCallback callback, object? state, TimeSpan dueTime)
    {
        var timer = new VirtualTimer(this, callback, state, isUser: false);
        timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        return timer;
    }

    /// <summary>A run is at work.</summary>
    internal void BeginPump()
    {
        lock (gate) pumping++;
    }

    /// <summary>A run rests, or has ended.</summary>
    internal void EndPump()
    {
        lock (gate) pumping--;
        TrySkip();
    }

    /// <summary>A task that has not answered at once is under way.</summary>
    internal void Enter()
    {
        lock (gate) working++;
    }

    /// <summary>Such a task has ended.</summary>
    internal void Leave()
    {
        lock (gate) working--;
    }

    /// <summary>Such a task has ended, and what follows from it was done.</summary>
    internal void LeaveAndSkip()
    {
        Leave();
        TrySkip();
    }

    /// <summary>Jumps, again and again, as long as nothing is under way but tasks that wait with this clock.</summary>
    internal void TrySkip()
    {
        lock (gate)
        {
            skipAgain = true;
            if (isSkipping) return;
            isSkipping = true;
        }

        while (true)
        {
            VirtualTimer? timer;
            lock (gate)
            {
                timer = held == 0 && pumping == 0 && working <= userTimers ? Next() : null;
                if (timer is null && !skipAgain)
                {
                    isSkipping = false;
                    return;
                }

                skipAgain = false;
                if (timer is null) continue;
            }

            timer.Fire();
        }
    }

    VirtualTimer? Next()
    {
        while (timers.TryDequeue(out var timer, out var due))
        {
            if (timer.Sequence != due.Sequence) continue;
            if (due.Due > now) Interlocked.Exchange(ref now, due.Due);
            timer.Taken();
            return timer;
        }

        return null;
    }

    void Release()
    {
        lock (gate) held--;
        TrySkip();
    }

    sealed class ClockHold(SkippingTimeProvider clock) : IDisposable
    {
        int isReleased;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isReleased, 1) == 0) clock.Release();
        }
    }

    sealed class VirtualTimer(SkippingTimeProvider clock, TimerCallback callback, object? state, bool isUser) : ITimer
    {
        TimeSpan period;

        /// <summary>The entry in the queue that counts; 0 for none.</summary>
        internal long Sequence { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                this.period = period;
                Taken();
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Sequence = ++clock.sequence;
                if (isUser) clock.userTimers++;
                clock.timers.Enqueue(this, (Math.Min(clock.now + Math.Max(0, dueTime.Ticks), DateTime.MaxValue.Ticks), Sequence));
            }

            return true;
        }

        internal void Taken()
        {
            if (Sequence != 0 && isUser) clock.userTimers--;
            Sequence = 0;
        }

        internal void Fire()
        {
            if (period > TimeSpan.Zero) Change(period, period);
            callback(state);
        }

        public void Dispose()
        {
            lock (clock.gate) Taken();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
