using System.Collections.Concurrent;
using Orkestra.Engine;

namespace Orkestra.Hosting;

/// <summary>Keeps events in memory, as long as the store itself lives.</summary>
public sealed class InMemoryExecutionStore : IExecutionStore
{
    readonly ConcurrentDictionary<string, Entry> executions = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool KeepsHistory => false;

    /// <inheritdoc/>
    public ValueTask AppendAsync(string executionArn, ReadOnlyMemory<ExecutionEvent> events, HistorySlice history, ExecutionStatus status)
    {
        var entry = executions.GetOrAdd(executionArn, static _ => new Entry());
        lock (entry.Events)
        {
            foreach (var happened in events.Span) entry.Events.Add(happened);
            entry.Status = status;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ExecutionEvent>> ReadAsync(string executionArn)
    {
        if (!executions.TryGetValue(executionArn, out var entry)) return ValueTask.FromResult<IReadOnlyList<ExecutionEvent>>([]);
        lock (entry.Events) return ValueTask.FromResult<IReadOnlyList<ExecutionEvent>>([.. entry.Events]);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListRunningAsync() =>
        ValueTask.FromResult<IReadOnlyList<string>>([.. executions.Where(pair => pair.Value.IsRunning).Select(pair => pair.Key)]);

    sealed class Entry
    {
        internal List<ExecutionEvent> Events { get; } = [];

        internal ExecutionStatus Status { get; set; }

        internal bool IsRunning => Status == ExecutionStatus.Running && Events is not [{ Start.Parent: not null }, ..];
    }
}
