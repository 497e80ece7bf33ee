using Orkestra.Engine;

namespace Orkestra.Hosting.Running;

/// <summary>
/// Says which executions have changed, to those who ask: what they missed while they were slow comes once. Publishing costs nothing while no one listens. Safe to use from
/// any thread.
/// </summary>
public sealed class ChangeFeed
{
    readonly Lock gate = new();
    ChangeSubscription[] subscriptions = [];
    long version;

    internal ChangeFeed()
    {
    }

    /// <summary>How many changes there were while someone listened. What is read after a version was asked for is at least as new.</summary>
    public long Version => Volatile.Read(ref version);

    /// <summary>Whether anyone listens.</summary>
    internal bool IsHeard => Volatile.Read(ref subscriptions).Length > 0;

    /// <summary>Listens from now on.</summary>
    /// <param name="matches">
    /// Whether a change of an execution is of interest, by what the execution began with. Called on the thread that runs the execution, from several at once, so it must be quick and must not throw.
    /// </param>
    /// <returns>The subscription. Dispose it to end it.</returns>
    public ChangeSubscription Subscribe(Func<ExecutionStart, bool> matches)
    {
        ArgumentNullException.ThrowIfNull(matches);
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

    /// <summary>Says that something has changed that belongs to no execution, such as a schedule. All who listen are told.</summary>
    public void PublishOther()
    {
        Interlocked.Increment(ref version);
        foreach (var subscription in Volatile.Read(ref subscriptions)) subscription.Notice();
    }

    internal void End(ChangeSubscription subscription)
    {
        lock (gate) subscriptions = [.. subscriptions.Where(other => other != subscription)];
    }
}
