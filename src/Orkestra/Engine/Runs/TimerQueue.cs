namespace Orkestra.Engine.Runs;

/// <summary>
/// What is due when, in the order it is due and, at one time, in the order it was added. A timer that is no longer wanted stays until it comes first, or until
/// such timers make up half of the queue.
/// </summary>
internal sealed class TimerQueue
{
    readonly PriorityQueue<Timer, Order> queue = new();
    long sequence;
    int sweepAt = 64;

    /// <summary>Adds a timer for a frame as it is now, or for the execution.</summary>
    /// <param name="due">When it is due, UTC ticks.</param>
    /// <param name="frame">The frame; null for the execution.</param>
    /// <param name="kind">What is due.</param>
    internal void Add(long due, Frame? frame, TimerKind kind)
    {
        if (queue.Count >= sweepAt) Sweep();
        // The calendar ends, and nothing is due after it.
        due = Math.Min(due, DateTime.MaxValue.Ticks);
        queue.Enqueue(new Timer(frame, frame?.Generation ?? 0, kind), new Order(due, sequence++));
    }

    /// <summary>When the next timer is due, in UTC ticks; null when none is.</summary>
    internal long? NextDue
    {
        get
        {
            while (queue.TryPeek(out var timer, out var order))
            {
                if (timer.IsWanted) return order.Due;
                queue.Dequeue();
            }

            return null;
        }
    }

    /// <summary>Takes the next timer that is due at a time.</summary>
    internal bool TryTake(long now, out Timer timer)
    {
        timer = default;
        return NextDue is { } due && due <= now && queue.TryDequeue(out timer, out _);
    }

    internal void Clear() => queue.Clear();

    void Sweep()
    {
        var wanted = queue.UnorderedItems.Where(static item => item.Element.IsWanted).ToArray();
        queue.Clear();
        queue.EnqueueRange(wanted);
        sweepAt = Math.Max(64, wanted.Length * 2);
    }

    /// <summary>A timer. It is wanted as long as its frame has not moved on.</summary>
    internal readonly record struct Timer(Frame? Frame, int Generation, TimerKind Kind)
    {
        internal bool IsWanted => Frame is null || (Frame.Generation == Generation && Frame.Phase != FramePhase.Free);
    }

    readonly record struct Order(long Due, long Sequence) : IComparable<Order>
    {
        public int CompareTo(Order other) => Due != other.Due ? Due.CompareTo(other.Due) : Sequence.CompareTo(other.Sequence);
    }
}
