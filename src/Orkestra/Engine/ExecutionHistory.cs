using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Orkestra.Engine.History;

namespace Orkestra.Engine;

/// <summary>The history of an execution, oldest event first. Events are made when they are read.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is a history.")]
public sealed class ExecutionHistory : IReadOnlyList<HistoryEvent>
{
    readonly HistoryLog log;

    internal ExecutionHistory(HistoryLog log) => this.log = log;

    /// <summary>How many events there are.</summary>
    public int Count => log.Count;

    /// <summary>The index of the first event that is still here; those before it are kept by the store alone. 0 as long as nothing was given up.</summary>
    public int FirstKept => log.FirstKept;

    /// <summary>The event at an index from 0; its id is one more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event, or the store alone keeps it.</exception>
    public HistoryEvent this[int index] => new(index + 1, log[index], log.TicksOf(index));

    /// <summary>Enumerates the events.</summary>
    public IEnumerator<HistoryEvent> GetEnumerator()
    {
        for (var i = FirstKept; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
