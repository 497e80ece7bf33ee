using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Orkestra.Hosting.Running;

/// <summary>Gives up the calls of a store that do not end in time. One timer looks at all of them, so that a call makes none. Safe to use from any thread.</summary>
/// <param name="timeout">How long a call may take.</param>
/// <param name="clock">Real time: the store works in it, whatever the clock of the executions does.</param>
internal sealed class StoreWatch(TimeSpan timeout, TimeProvider clock)
{
    readonly Lock gate = new();
    readonly long length = (long)(timeout.TotalSeconds * clock.TimestampFrequency);

    // The oldest first, which is due first.
    StoreCall? first;
    StoreCall? last;
    ITimer? timer;
    bool isSet;

    internal void Add(StoreCall call)
    {
        if (timeout == Timeout.InfiniteTimeSpan) return;
        call.GivenUpAt = clock.GetTimestamp() + length;
        lock (gate)
        {
            call.Previous = last;
            if (last is null) first = call;
            else last.Next = call;
            last = call;
            // What ends meanwhile leaves the timer as it is.
            if (!isSet) Set(timeout);
        }
    }

    internal void Remove(StoreCall call)
    {
        if (timeout == Timeout.InfiniteTimeSpan) return;
        lock (gate) Unlink(call);
    }

    void Unlink(StoreCall call)
    {
        if (call.Previous is null) first = call.Next;
        else call.Previous.Next = call.Next;
        if (call.Next is null) last = call.Previous;
        else call.Next.Previous = call.Previous;
        call.Previous = call.Next = null;
    }

    // Called with the lock held.
    void Set(TimeSpan delay)
    {
        isSet = true;
        timer ??= clock.CreateTimer(static watch => ((StoreWatch)watch!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    void Look()
    {
        List<StoreCall> late = [];
        lock (gate)
        {
            var now = clock.GetTimestamp();
            for (var call = first; call is not null && call.GivenUpAt <= now;)
            {
                var following = call.Next;
                // One that ends just now leaves by itself.
                if (call.TryGiveUp())
                {
                    Unlink(call);
                    late.Add(call);
                }

                call = following;
            }

            isSet = false;
            if (first is not null) Set(TimeSpan.FromMilliseconds(Math.Max(1, (first.GivenUpAt - now) * 1_000.0 / clock.TimestampFrequency)));
        }

        foreach (var call in late) call.WasGivenUp();
    }
}

/// <summary>A pending call of the store. A journal reuses it for each of its calls until one times out.</summary>
/// <param name="watch">Ends the wait when the call takes too long.</param>
/// <param name="giveUp">Called on a timeout; returns the exception for the caller.</param>
internal sealed class StoreCall(StoreWatch watch, Func<Exception> giveUp) : IValueTaskSource
{
    ManualResetValueTaskSourceCore<bool> ended;
    ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter storing;
    Action? whenStored;
    int isPending;

    internal StoreCall? Previous { get; set; }

    internal StoreCall? Next { get; set; }

    internal long GivenUpAt { get; set; }

    /// <summary>Completes with the call of the store, or fails when it times out.</summary>
    internal ValueTask WaitAsync(ValueTask call)
    {
        ended.Reset();
        storing = call.ConfigureAwait(false).GetAwaiter();
        Volatile.Write(ref isPending, 1);
        watch.Add(this);
        var version = ended.Version;
        storing.UnsafeOnCompleted(whenStored ??= OnStored);
        return new ValueTask(this, version);
    }

    /// <summary>False when the call has ended.</summary>
    internal bool TryGiveUp() => Interlocked.Exchange(ref isPending, 0) != 0;

    /// <summary>Tells the caller.</summary>
    internal void WasGivenUp()
    {
        ended.RunContinuationsAsynchronously = true;
        ended.SetException(giveUp());
    }

    void OnStored()
    {
        var isAwaited = TryGiveUp();
        if (isAwaited) watch.Remove(this);
        Exception? problem = null;
        try
        {
            storing.GetResult();
        }
#pragma warning disable CA1031 // Whatever a store throws, the caller gets it.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            problem = thrown;
        }

        if (!isAwaited) return;
        if (problem is null) ended.SetResult(true);
        else ended.SetException(problem);
    }

    void IValueTaskSource.GetResult(short token) => ended.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => ended.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        ended.OnCompleted(continuation, state, token, flags);
}
