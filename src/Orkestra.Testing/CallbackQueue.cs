using Orkestra.Hosting;

namespace Orkestra.Testing;

/// <summary>The tasks of a run that wait for their tokens, until the test takes them by the names of their states. Safe to use from any thread.</summary>
/// <param name="clock">The clock of the run. It stands still while a task waits that the test has not taken, unless the test waits for another one, which may come later.</param>
/// <param name="isAnswered">Whether the test takes any. If not, the clock goes on.</param>
internal sealed class CallbackQueue(SkippingTimeProvider clock, bool isAnswered)
{
    readonly Lock gate = new();
    readonly List<PendingCallback> waiting = [];
    readonly List<(string? State, TaskCompletionSource<PendingCallback?> Taken)> askers = [];
    readonly TaskCompletionSource stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    IDisposable? hold;
    bool isClosed;

    /// <summary>Waits until nothing but callbacks can happen any more on the clock.</summary>
    internal required Func<Task> WhenIdleAsync { get; init; }

    /// <summary>Ends when the run could only go on by a callback that the test has not taken.</summary>
    internal Task Stuck => stuck.Task;

    /// <summary>The states of the tasks that the test has not taken, in the order in which they came.</summary>
    internal IReadOnlyList<string> States
    {
        get
        {
            lock (gate) return [.. waiting.Select(static callback => callback.State)];
        }
    }

    internal void Add(PendingCallback callback)
    {
        TaskCompletionSource<PendingCallback?>? taken = null;
        lock (gate)
        {
            var found = askers.FindIndex(asker => asker.State is null || asker.State == callback.State);
            if (found < 0)
            {
                waiting.Add(callback);
            }
            else
            {
                callback.HoldClock(clock);
                taken = askers[found].Taken;
                askers.RemoveAt(found);
            }

            if (isAnswered && waiting.Count > 0 && askers.Count == 0) hold ??= clock.Hold();
        }

        taken?.SetResult(callback);
        if (!isAnswered) _ = WatchAsync();
    }

    /// <summary>The next callback of a state, of any when null; null when the run ends or gets stuck without one.</summary>
    internal Task<PendingCallback?> TakeAsync(string? state)
    {
        Task<PendingCallback?> result;
        IDisposable? released = null;
        var isWatched = false;
        lock (gate)
        {
            var found = waiting.FindIndex(callback => state is null || callback.State == state);
            if (found >= 0)
            {
                var callback = waiting[found];
                callback.HoldClock(clock);
                waiting.RemoveAt(found);
                result = Task.FromResult<PendingCallback?>(callback);
            }
            else if (isClosed)
            {
                return Task.FromResult<PendingCallback?>(null);
            }
            else
            {
                var taken = new TaskCompletionSource<PendingCallback?>(TaskCreationOptions.RunContinuationsAsynchronously);
                askers.Add((state, taken));
                result = taken.Task;
                isWatched = waiting.Count > 0;
            }

            if (waiting.Count == 0 || askers.Count > 0) (released, hold) = (hold, null);
        }

        // Outside of the lock, because the clock goes on at once.
        released?.Dispose();
        if (isWatched) _ = WatchAsync();
        return result;
    }

    internal void Close()
    {
        lock (gate) isClosed = true;
        Dismiss();
    }

    async Task WatchAsync()
    {
        await WhenIdleAsync().ConfigureAwait(false);
        stuck.TrySetResult();
        Dismiss();
    }

    void Dismiss()
    {
        TaskCompletionSource<PendingCallback?>[] left;
        lock (gate)
        {
            left = [.. askers.Select(static asker => asker.Taken)];
            askers.Clear();
            if (isAnswered && waiting.Count > 0) hold ??= clock.Hold();
        }

        foreach (var taken in left) taken.SetResult(null);
    }
}
