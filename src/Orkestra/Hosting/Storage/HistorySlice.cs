using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Orkestra.Engine;

namespace Orkestra.Hosting.Storage;

/// <summary>A part of a history. Events are made when they are read.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is a slice.")]
public readonly struct HistorySlice : IReadOnlyCollection<HistoryEvent>
{
    readonly ExecutionHistory history;
    readonly int first;

    internal HistorySlice(ExecutionHistory history, int first, int count)
    {
        this.history = history;
        this.first = first;
        Count = count;
    }

    /// <summary>How many events there are.</summary>
    public int Count { get; }

    /// <summary>Enumerates the events.</summary>
    public IEnumerator<HistoryEvent> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return history[first + i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
