namespace Orkestra.Sqlite.Writing;

/// <summary>
/// Tells those who wait for the items of a batch, on threads of the pool. One work item tells many, each of which may go on where it is told: a work item for each would cost more
/// than what most do next. While items are left another thread may always join, so that one that blocks keeps no other back.
/// </summary>
/// <param name="items">The items; none is written any more.</param>
/// <param name="failure">Why nothing of them is stored; null when they are.</param>
internal sealed class WriteAnswers(WriteItem[] items, Exception? failure) : IThreadPoolWorkItem
{
    /// <summary>How many items a work item tells before other work of the pool gets its turn.</summary>
    const int ItemsPerTurn = 128;

    int told;
    int hasHelper;

    /// <summary>Begins to tell them.</summary>
    internal void Begin()
    {
        hasHelper = 1;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Tells some of them.</summary>
    public void Execute()
    {
        Volatile.Write(ref hasHelper, 0);
        for (var turn = 0; turn < ItemsPerTurn; turn++)
        {
            var at = Interlocked.Increment(ref told) - 1;
            if (at >= items.Length) return;
            if (at + 1 < items.Length) CallHelper();
            items[at].Answer(failure);
        }

        if (Volatile.Read(ref told) < items.Length) CallHelper();
    }

    void CallHelper()
    {
        if (Volatile.Read(ref hasHelper) == 0 && Interlocked.Exchange(ref hasHelper, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
