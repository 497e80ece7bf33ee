using Orkestra.Engine;

namespace Orkestra.Hosting.Running;

/// <summary>
/// Says which executions have changed, to those who ask: what they missed while they were slow comes once. Publishing costs nothing while no one listens. Safe to use from
/// any thread.
/// </summary>
internal sealed class ChangeFeed
{
    readonly Lock gate = new();
    ChangeSubscription[] subscriptions = [];
    long version;

    /// <summary>How many changes there were while someone listened. What was read after a version was asked for is at least as new.</summary>
    internal long Version => Volatile.Read(ref version);

    /// <summary>Whether anyone listens.</summary>
    internal bool IsHeard => Volatile.Read(ref subscriptions).Length > 0;

    /// <summary>Listens from now on.</summary>
    /// <param name="matches">Whether a change is of interest. Called on the thread that runs the execution, so it must be quick.</param>
    internal ChangeSubscription Subscribe(Func<ExecutionStart, bool> matches)
    {
        var subscription = new ChangeSubscription(this, matches);
        lock (gate) subscriptions = [.. subscriptions, subscription];
        return subscription;
    }

    /// <summary>A snapshot of an execution was published.</summary>
    internal void Publish(ExecutionStart start)
    {
        Interlocked.Increment(ref version);
        foreach (var subscription in Volatile.Read(ref subscriptions)) subscription.Notice(start);
    }

    /// <summary>Something has changed that belongs to no execution, such as a schedule.</summary>
    internal void PublishOther()
    {
        Interlocked.Increment(ref version);
        foreach (var subscription in Volatile.Read(ref subscriptions)) subscription.Notice();
    }

    internal void End(ChangeSubscription subscription)
    {
        lock (gate) subscriptions = [.. subscriptions.Where(other => other != subscription)];
    }
}

/// <summary>One who listens.</summary>
internal sealed class ChangeSubscription(ChangeFeed feed, Func<ExecutionStart, bool> matches) : IDisposable
{
    readonly SemaphoreSlim changed = new(0, 1);
    int isPending;

    /// <summary>Ends when something has changed since the last call.</summary>
    /// <returns>False when the time was over before.</returns>
    internal async Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (!await changed.WaitAsync(timeout, cancellationToken).ConfigureAwait(false)) return false;
        Volatile.Write(ref isPending, 0);
        return true;
    }

    internal void Notice(ExecutionStart start)
    {
        if (matches(start)) Notice();
    }

    internal void Notice()
    {
        if (Interlocked.Exchange(ref isPending, 1) == 0) changed.Release();
    }

    // The semaphore has no handle to free, and a change may still be noticed.
    public void Dispose() => feed.End(this);
}
