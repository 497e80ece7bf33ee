using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Orkestra.Engine.History;

namespace Orkestra.Engine;

/// <summary>The history of an execution up to a moment, oldest event first. Events are made when they are read. Safe to read from any thread.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is a history.")]
public sealed class ExecutionHistory : IReadOnlyList<HistoryEvent>
{
    readonly HistoryView view;

    internal ExecutionHistory(in HistoryView view) => this.view = view;

    /// <summary>How many events there are.</summary>
    public int Count => view.Count;

    /// <summary>The index of the first event that is still in memory; only the store has those before it. 0 as long as nothing was dropped.</summary>
    public int FirstKept => view.FirstKept;

    /// <summary>The event at an index from 0; its id is one more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event, or only the store still has it.</exception>
    public HistoryEvent this[int index] => new(index + 1, view[index], view.TicksOf(index));

    /// <summary>Enumerates the events.</summary>
    public IEnumerator<HistoryEvent> GetEnumerator()
    {
        for (var i = FirstKept; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
