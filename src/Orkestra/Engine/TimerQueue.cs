namespace Orkestra.Engine;

/// <summary>
/// What is due when, in the order it is due and, at one time, in the order it was asked for. What is no longer wanted stays until it is looked at, or until
/// it makes up half of the queue.
/// </summary>
internal sealed class TimerQueue(Func<TimerQueue.Entry, bool> isWanted)
{
    Entry[] heap = new Entry[4];
    int count;
    long sequence;
    int sweepAt = 64;

    internal void Add(long due, Frame? frame, TimerKind kind)
    {
        if (count >= sweepAt) Sweep();
        if (count == heap.Length) Array.Resize(ref heap, count * 2);
        // The calendar ends, and nothing is due after it.
        due = Math.Min(due, DateTime.MaxValue.Ticks);
        heap[count] = new Entry(due, sequence++, frame, frame?.Generation ?? 0, kind);
        Up(count++);
    }

    /// <summary>When the next timer is due, in UTC ticks; null when none is.</summary>
    internal long? NextDue
    {
        get
        {
            while (count > 0)
            {
                if (isWanted(heap[0])) return heap[0].Due;
                RemoveFirst();
            }

            return null;
        }
    }

    /// <summary>Takes the next timer that is due at a time.</summary>
    internal bool TryTake(long now, out Entry entry)
    {
        if (NextDue is { } due && due <= now)
        {
            entry = heap[0];
            RemoveFirst();
            return true;
        }

        entry = default;
        return false;
    }

    internal void Clear()
    {
        Array.Clear(heap, 0, count);
        count = 0;
    }

    void Sweep()
    {
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (isWanted(heap[i])) heap[kept++] = heap[i];
        }

        Array.Clear(heap, kept, count - kept);
        count = kept;
        for (var i = count / 2 - 1; i >= 0; i--) Down(i);
        sweepAt = Math.Max(64, count * 2);
    }

    void RemoveFirst()
    {
        heap[0] = heap[--count];
        heap[count] = default;
        Down(0);
    }

    void Up(int at)
    {
        while (at > 0)
        {
            var parent = (at - 1) / 2;
            if (!heap[at].IsBefore(heap[parent])) return;
            (heap[at], heap[parent]) = (heap[parent], heap[at]);
            at = parent;
        }
    }

    void Down(int at)
    {
        while (true)
        {
            var child = at * 2 + 1;
            if (child >= count) return;
            if (child + 1 < count && heap[child + 1].IsBefore(heap[child])) child++;
            if (!heap[child].IsBefore(heap[at])) return;
            (heap[at], heap[child]) = (heap[child], heap[at]);
            at = child;
        }
    }

    internal readonly record struct Entry(long Due, long Sequence, Frame? Frame, int Generation, TimerKind Kind)
    {
        internal bool IsBefore(in Entry other) => Due < other.Due || (Due == other.Due && Sequence < other.Sequence);
    }
}
