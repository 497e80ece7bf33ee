using System.Runtime.CompilerServices;

namespace Orkestra.Engine.History;

/// <summary>
/// The records of one execution in order; the record at index n has the id n + 1. Records are kept in chunks that never move, and the time is kept once
/// for each run of events that happened at the same instant. A structure that belongs to its execution: never copy it.
/// </summary>
internal struct HistoryLog
{
    internal const int ChunkBits = 10;
    internal const int ChunkSize = 1 << ChunkBits;

    HistoryRecord[] current;
    HistoryRecord[]?[] chunks = [];

    // Most executions end in the instant in which they start, and have no other marks.
    long startTicks;
    TimeMark[] marks = [];
    int markCount;
    int used;
    int start;
    int firstKept;

    internal HistoryLog(int expected) => current = new HistoryRecord[Math.Clamp(expected, 8, ChunkSize)];

    /// <summary>How many events there are, dropped ones included; also the id of the last one.</summary>
    internal readonly int Count => start + used;

    /// <summary>The index of the first event still kept here.</summary>
    internal readonly int FirstKept => firstKept;

    /// <summary>The events so far, for a reader on any thread.</summary>
    internal readonly HistoryView View() => new(current, chunks, startTicks, marks, start, Count, firstKept, markCount);

    /// <summary>Adds an event and returns its id.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Add(HistoryEventType type, int previous, object? value, object? subject, int number = 0)
    {
        if (used == current.Length) Grow();
        current[used++] = new HistoryRecord(type, previous, value, subject, number);
        return start + used;
    }

    /// <summary>Says that events from here on happened at a time (UTC ticks).</summary>
    internal void At(long ticks)
    {
        if (Count == 0)
        {
            startTicks = ticks;
            return;
        }

        if (ticks == (markCount == 0 ? startTicks : marks[markCount - 1].Ticks)) return;
        if (markCount > 0 && marks[markCount - 1].First == Count)
        {
            marks[markCount - 1] = new TimeMark(Count, ticks);
            return;
        }

        if (markCount == marks.Length) Array.Resize(ref marks, Math.Max(1, markCount * 2));
        marks[markCount++] = new TimeMark(Count, ticks);
    }

    /// <summary>Drops the records before an index, as far as whole chunks allow. A store keeps them.</summary>
    internal void DropBefore(int index)
    {
        var until = Math.Min(index, start);
        for (var chunk = firstKept >> ChunkBits; (chunk + 1) << ChunkBits <= until; chunk++)
        {
            chunks[chunk] = null;
            firstKept = (chunk + 1) << ChunkBits;
        }

        DropMarks();
    }

    // Times of events that are gone, once they are the most.
    void DropMarks()
    {
        if (markCount < 64 || marks[markCount / 2].First > firstKept) return;
        var first = markCount / 2;
        while (first + 1 < markCount && marks[first + 1].First <= firstKept) first++;
        // A new array: views still read the old one.
        var kept = new TimeMark[marks.Length];
        Array.Copy(marks, first, kept, 0, markCount -= first);
        marks = kept;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Grow()
    {
        if (used < ChunkSize)
        {
            Array.Resize(ref current, Math.Min(ChunkSize, used * 4));
            return;
        }

        var chunk = start >> ChunkBits;
        if (chunk == chunks.Length) Array.Resize(ref chunks, Math.Max(4, chunk * 2));
        chunks[chunk] = current;
        current = new HistoryRecord[ChunkSize];
        start += ChunkSize;
        used = 0;
    }
}
