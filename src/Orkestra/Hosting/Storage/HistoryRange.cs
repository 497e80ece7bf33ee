using Orkestra.Engine;

namespace Orkestra.Hosting.Storage;

/// <summary>A part of a history.</summary>
/// <param name="FirstId">The id of the first event of the part, oldest first; 1 is the first event of an execution.</param>
/// <param name="Count">The largest number of events.</param>
/// <param name="IsReversed">Whether the newest event comes first. <paramref name="FirstId"/> is then the id of the newest event.</param>
public readonly record struct HistoryRange(int FirstId, int Count, bool IsReversed = false)
{
    /// <summary>All events, oldest first.</summary>
    public static HistoryRange All { get; } = new(1, int.MaxValue);

    internal IReadOnlyList<HistoryEvent> Of(ExecutionHistory history)
    {
        var first = IsReversed ? Math.Min(FirstId, history.Count) : Math.Max(FirstId, 1);
        var count = Math.Max(0, Math.Min(Count, IsReversed ? first : history.Count - first + 1));
        var events = new HistoryEvent[count];
        for (var i = 0; i < count; i++) events[i] = history[(IsReversed ? first - i : first + i) - 1];
        return events;
    }
}
