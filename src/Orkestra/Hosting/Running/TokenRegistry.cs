using System.Collections.Concurrent;
using Orkestra.Engine;

namespace Orkestra.Hosting.Running;

/// <summary>The tokens of all tasks of a runtime that can be completed from outside, as far as their executions are in memory. Safe to use from any thread.</summary>
internal sealed class TokenRegistry
{
    // Null until the first token: most programs that only run a workflow have none.
    ConcurrentDictionary<string, (ExecutionPump Pump, TaskId Task)>? tokens;

    internal void Add(string token, ExecutionPump pump, TaskId task) =>
        LazyInitializer.EnsureInitialized(ref tokens, static () => new(StringComparer.Ordinal))[token] = (pump, task);

    /// <summary>Forgets a token, unless the execution came back and has it in another pump.</summary>
    internal void Remove(string token, ExecutionPump pump, TaskId task) => Volatile.Read(ref tokens)?.TryRemove(KeyValuePair.Create(token, (pump, task)));

    internal bool TryFind(string token, out (ExecutionPump Pump, TaskId Task) owner)
    {
        owner = default;
        return Volatile.Read(ref tokens)?.TryGetValue(token, out owner) ?? false;
    }
}
