using System.Collections.Concurrent;
using Orkestra.Engine;

namespace Orkestra.Hosting.Running;

/// <summary>The tokens of all tasks of a runtime that can be completed from outside, as far as their executions are in memory. Safe to use from any thread.</summary>
internal sealed class TokenRegistry
{
    readonly ConcurrentDictionary<string, (ExecutionPump Pump, TaskId Task)> tokens = new(StringComparer.Ordinal);

    internal void Add(string token, ExecutionPump pump, TaskId task) => tokens[token] = (pump, task);

    /// <summary>Forgets a token, unless the execution came back and has it in another pump.</summary>
    internal void Remove(string token, ExecutionPump pump, TaskId task) => tokens.TryRemove(KeyValuePair.Create(token, (pump, task)));

    internal bool TryFind(string token, out (ExecutionPump Pump, TaskId Task) owner) => tokens.TryGetValue(token, out owner);
}
