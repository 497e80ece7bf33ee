using Orkestra.Engine.Signals;
using Orkestra.Hosting.Storage;

namespace Orkestra.Hosting.Running;

/// <summary>
/// Executions that only wait leave the memory, and come back when they are due or something is sent to them. Executions that something waits for or watches, and the
/// children of distributed Maps, stay. Safe to use from any thread.
/// </summary>
internal sealed class IdleExecutions : IDisposable
{
    /// <summary>How many due executions are read at a time.</summary>
    const int PageSize = 200;

    /// <summary>How long the store is left alone when it failed, or when what is due is in memory already.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly OrkestraRuntime runtime;
    readonly IExecutionStore store;
    readonly StoredExecutions stored;
    readonly Lock gate = new();
    readonly HashSet<string> lost = new(StringComparer.Ordinal);
    readonly ITimer? sweep;
    ITimer? dueTimer;
    long nextDue = long.MaxValue;
    bool isSweeping;
    bool isReading;
    bool isDisposed;

    internal IdleExecutions(OrkestraRuntime runtime, IExecutionStore store, StoredExecutions stored)
    {
        this.runtime = runtime;
        this.store = store;
        this.stored = stored;
        // What leaves the memory when is a matter of real time.
        if (Timeout != System.Threading.Timeout.InfiniteTimeSpan)
            sweep = TimeProvider.System.CreateTimer(static idle => ((IdleExecutions)idle!).OnSweep(), this, System.Threading.Timeout.InfiniteTimeSpan, System.Threading.Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether executions that only wait need not be in memory.</summary>
    internal bool IsOn => sweep is not null;

    TimeSpan Timeout => runtime.Options.IdleTimeout;

    /// <summary>An execution that only waits came to rest: it is looked at again after the timeout.</summary>
    internal void Watch()
    {
        if (sweep is null || Volatile.Read(ref isSweeping)) return;
        lock (gate)
        {
            if (isSweeping || isDisposed) return;
            isSweeping = true;
            sweep.Change(Interval, System.Threading.Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Lets the executions that have only waited for the timeout leave the memory.</summary>
    /// <returns>How many left.</returns>
    internal int Unload()
    {
        var since = Environment.TickCount64 - (long)Timeout.TotalMilliseconds;
        var left = 0;
        foreach (var pump in runtime.Executions.All)
        {
            if (!pump.TryUnload(since)) continue;
            left++;
            if (pump.DueAtRest is { } due) WakeAt(due);
        }

        return left;
    }

    /// <summary>An execution that is not in memory is due then.</summary>
    /// <param name="due">UTC ticks.</param>
    internal void WakeAt(long due)
    {
        lock (gate)
        {
            if (isDisposed || due >= nextDue) return;
            nextDue = due;
            if (!isReading) SetTimer();
        }
    }

    /// <summary>Brings a signal to an execution that was not in memory.</summary>
    internal async Task PostAsync(string arn, ExecutionSignal signal, TaskCompletionSource<bool>? acknowledgement)
    {
        try
        {
            if (await runtime.GetAsync(arn, CancellationToken.None).ConfigureAwait(false) is { } pump) pump.Post(signal, acknowledgement, queues: true);
            else acknowledgement?.TrySetResult(false);
        }
#pragma warning disable CA1031 // Reported to the caller.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            acknowledgement?.TrySetException(problem as ExecutionStoreException ?? new ExecutionStoreException($"The execution '{arn}' could not be read: {problem.Message}", problem));
        }
    }

    /// <summary>The end of an execution that was not in memory.</summary>
    internal async Task<ExecutionResult> WhenEndedAsync(string arn)
    {
        var pump = await runtime.GetAsync(arn, CancellationToken.None).ConfigureAwait(false)
            ?? throw new ExecutionStoreException($"The store no longer has the execution '{arn}'.");
        return await pump.Completion().ConfigureAwait(false);
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            sweep?.Dispose();
            dueTimer?.Dispose();
        }
    }

    TimeSpan Interval => Timeout < TimeSpan.FromMilliseconds(200) ? TimeSpan.FromMilliseconds(100) : Timeout / 2;

    void OnSweep()
    {
        Unload();
        lock (gate)
        {
            if (isDisposed) return;
            isSweeping = !runtime.Executions.IsEmpty;
            if (isSweeping) sweep!.Change(Interval, System.Threading.Timeout.InfiniteTimeSpan);
        }
    }

    // Called with the lock held.
    void SetTimer()
    {
        if (isDisposed || nextDue == long.MaxValue) return;
        var delay = TimeSpan.FromTicks(Math.Clamp(nextDue - runtime.Clock.UtcTicks, 0, runtime.Clock.LongestSleep.Ticks));
        dueTimer?.Dispose();
        dueTimer = runtime.Clock.CreateTimer(static idle => ((IdleExecutions)idle!).OnDue(), this, delay);
    }

    void OnDue()
    {
        lock (gate)
        {
            if (isReading || isDisposed) return;
            isReading = true;
            nextDue = long.MaxValue;
        }

        // A clock that skips stands still until what is due is in memory.
        runtime.Clock.BeginPump();
        _ = ResumeDueAsync();
    }

    async Task ResumeDueAsync()
    {
        long next;
        try
        {
            next = await ResumeDueUntilAsync(runtime.Clock.TimeProvider.GetUtcNow()).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a store throws: it is asked again.
        catch (Exception)
#pragma warning restore CA1031
        {
            next = runtime.Clock.UtcTicks + Pause.Ticks;
        }

        lock (gate)
        {
            isReading = false;
            nextDue = Math.Min(nextDue, next);
            SetTimer();
        }

        runtime.Clock.EndPump();
    }

    // Returns when the next execution is due.
    async Task<long> ResumeDueUntilAsync(DateTimeOffset now)
    {
        while (true)
        {
            var limit = PageSize + lost.Count;
            var due = await store.ReadDueAsync(now, limit, CancellationToken.None).ConfigureAwait(false);
            // Each is stored as no longer waiting before the next page is read.
            var resumed = await Task.WhenAll(due.Select(execution => ResumeAsync(execution.Arn))).ConfigureAwait(false);
            if (due.Count < limit || !resumed.Contains(true)) break;
        }

        foreach (var execution in await store.ReadDueAsync(DateTimeOffset.MaxValue, lost.Count + 1, CancellationToken.None).ConfigureAwait(false))
        {
            if (lost.Contains(execution.Arn)) continue;
            // One that is in memory goes on by itself; what follows it is due later.
            var next = execution.NextDue!.Value.UtcTicks;
            return next > now.UtcTicks ? next : now.UtcTicks + Pause.Ticks;
        }

        return long.MaxValue;
    }

    // False when it goes on already, or cannot.
    async Task<bool> ResumeAsync(string arn)
    {
        lock (gate)
        {
            if (lost.Contains(arn)) return false;
        }

        if (runtime.Executions.Find(arn) is not null) return false;
        try
        {
            return await stored.ResumeAsync(arn, CancellationToken.None).ConfigureAwait(false) is not null;
        }
        catch (Exception problem) when (problem is ExecutionReplayException or FormatException)
        {
            // It stays as it is stored: a call that names it throws the reason.
            lock (gate) lost.Add(arn);
            return false;
        }
    }
}
