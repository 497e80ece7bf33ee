using Orkestra.Engine;

namespace Orkestra.Hosting.Running;

/// <summary>
/// One who listens to changes (<see cref="ChangeFeed.Subscribe"/>). It says that something has changed, not what: however much changed since the last call, it is told once. One caller waits at a time.
/// </summary>
public sealed class ChangeSubscription : IDisposable
{
    readonly ChangeFeed feed;
    readonly Func<ExecutionStart, bool> matches;
    readonly SemaphoreSlim changed = new(0, 1);
    int isPending;

    internal ChangeSubscription(ChangeFeed feed, Func<ExecutionStart, bool> matches) => (this.feed, this.matches) = (feed, matches);

    /// <summary>Waits until something of interest has changed since the last call.</summary>
    /// <param name="timeout">How long to wait at most, in real time.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False when the time was over before.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public async Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
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

    /// <summary>Ends the subscription. Waiting goes on until its timeout.</summary>
    // The semaphore has no handle to free, and a change may still be noticed.
    public void Dispose() => feed.End(this);
}
