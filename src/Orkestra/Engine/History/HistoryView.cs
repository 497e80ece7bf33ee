namespace Orkestra.Engine.History;

/// <summary>
/// The events of a <see cref="HistoryLog"/> up to a moment. Any thread may read a view while the log grows: records below its count never change, and neither do the
/// arrays that hold them.
/// </summary>
internal readonly struct HistoryView(HistoryRecord[] current, HistoryRecord[]?[] chunks, long startTicks, TimeMark[] marks, int start, int count, int firstKept, int markCount)
{
    /// <summary>How many events there are, dropped ones included.</summary>
    internal int Count => count;

    /// <summary>The index of the first event that was kept when the view was taken.</summary>
    internal int FirstKept => firstKept;

    /// <summary>The record of the event with an index from 0.</summary>
    internal HistoryRecord this[int index]
    {
        get
        {
            if ((uint)index >= (uint)count || index < firstKept) throw Gone(index);
            if (index >= start) return current[index - start];
            return (chunks[index >> HistoryLog.ChunkBits] ?? throw Gone(index))[index & (HistoryLog.ChunkSize - 1)];
        }
    }

    /// <summary>When the event with an index happened, in UTC ticks.</summary>
    internal long TicksOf(int index)
    {
        if (markCount == 0 || index < marks[0].First) return startTicks;
        var low = 0;
        var high = markCount - 1;
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            if (marks[middle].First <= index) low = middle;
            else high = middle - 1;
        }

        return marks[low].Ticks;
    }

    static ArgumentOutOfRangeException Gone(int index) =>
        new(nameof(index), index, "The history has no such event, or only the store still has it.");
}

/// <summary>Events from an index on happened at a time, UTC ticks.</summary>
internal readonly record struct TimeMark(int First, long Ticks);
