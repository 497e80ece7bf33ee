using System.Collections.Concurrent;
using Orkestra.Engine;

namespace Orkestra.Hosting.Running;

/// <summary>The tokens of all tasks of a runtime that can be completed from outside, as far as their executions are in memory. Safe to use from any thread.</summary>
internal sealed class TokenRegistry
{
    readonly ConcurrentDictionary<string, (ExecutionPump Pump, TaskId Task)> tokens = new(StringComparer.Ordinal);

    internal void Add(string token, ExecutionPump pump, TaskId task) => tokens[token] = (pump, task);

    internal void Remove(string token) => tokens.TryRemove(token, out _);

    internal bool TryFind(string token, out (ExecutionPump Pump, TaskId Task) owner) => tokens.TryGetValue(token, out owner);
}
