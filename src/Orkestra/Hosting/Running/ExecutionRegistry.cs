using Orkestra.Engine;
using Orkestra.Hosting.Storage;

namespace Orkestra.Hosting.Running;

/// <summary>
/// The executions of a runtime that are in memory, by ARN: at most one pump for each. With a store, an execution that ended is found there; without one, the last ones
/// that ended are kept. Safe to use from any thread.
/// </summary>
internal sealed class ExecutionRegistry(OrkestraOptions options)
{
    readonly Lock gate = new();
    readonly Dictionary<string, ExecutionPump> pumps = new(StringComparer.Ordinal);
    readonly Queue<(ExecutionPump Pump, ExecutionSnapshot? End)> ended = new();

    /// <summary>The executions in memory.</summary>
    internal IReadOnlyList<ExecutionPump> All
    {
        get
        {
            lock (gate) return [.. pumps.Values];
        }
    }

    internal bool IsEmpty
    {
        get
        {
            lock (gate) return pumps.Count == 0;
        }
    }

    internal ExecutionPump? Find(string arn)
    {
        lock (gate) return pumps.GetValueOrDefault(arn);
    }

    /// <summary>Finds an execution that runs here; null if there is none. Waits for an execution that is being started, because the store may refuse its name.</summary>
    internal async Task<ExecutionPump?> FindStartedAsync(string arn)
    {
        while (Find(arn) is { } pump)
        {
            await pump.Publication.WhenStarted().ConfigureAwait(false);
            if (!pump.Publication.IsOver) return pump;
            Remove(pump);
        }

        return null;
    }

    /// <summary>Adds an execution that is to be started.</summary>
    /// <exception cref="ExecutionExistsException">An execution with the same ARN is in memory.</exception>
    internal void Add(ExecutionPump pump, ExecutionStart start)
    {
        // Without a store nothing looks for the children of Maps.
        if (options.Store is null && start.Parent is not null) return;
        if (!TryAdd(start.ResolveArn(), pump, out _)) throw new ExecutionExistsException(start.ResolveArn());
    }

    /// <summary>Adds an execution, or finds the one with the same ARN.</summary>
    internal bool TryAdd(string arn, ExecutionPump pump, out ExecutionPump known)
    {
        lock (gate)
        {
            if (pumps.TryGetValue(arn, out known!)) return false;
            pumps.Add(arn, known = pump);
            pump.RegisteredArn = arn;
            return true;
        }
    }

    /// <summary>An execution ended.</summary>
    internal void Ended(ExecutionPump pump)
    {
        if (pump.RegisteredArn is not { } arn) return;
        lock (gate)
        {
            if (!pumps.TryGetValue(arn, out var known) || !ReferenceEquals(known, pump)) return;
            if (options.Store is not null)
            {
                pumps.Remove(arn);
                return;
            }

            ended.Enqueue((pump, pump.Snapshot));
            while (ended.Count > options.KeptExecutions)
            {
                var (oldest, end) = ended.Dequeue();
                // One that was redriven is under way, or in the queue again.
                if (ReferenceEquals(oldest.Snapshot, end)) pumps.Remove(oldest.RegisteredArn!);
            }
        }
    }

    /// <summary>An execution is suspended.</summary>
    internal void Remove(ExecutionPump pump)
    {
        if (pump.RegisteredArn is not { } arn) return;
        lock (gate)
        {
            if (pumps.TryGetValue(arn, out var known) && ReferenceEquals(known, pump)) pumps.Remove(arn);
        }
    }
}
