namespace Orkestra.Engine.Runs;

/// <summary>The frames that can go on, first in, first out. Taking them one by one means that no graph, however large or nested, needs a deep stack.</summary>
internal struct RunQueue
{
    Frame? first;
    Frame? last;

    internal readonly bool IsEmpty => first is null;

    /// <summary>Adds a frame. Does nothing when the frame is queued already.</summary>
    internal void Add(Frame frame)
    {
        if (frame.IsQueued) return;
        frame.IsQueued = true;
        if (last is null) first = frame;
        else last.NextInList = frame;
        last = frame;
    }

    /// <summary>Takes the frame that has waited longest; null when the queue is empty.</summary>
    internal Frame? Take()
    {
        var frame = first;
        if (frame is null) return null;
        first = frame.NextInList;
        if (first is null) last = null;
        frame.NextInList = null;
        frame.IsQueued = false;
        return frame;
    }

    /// <summary>Removes a frame that was given up while it waited. Walks the queue, which is rare.</summary>
    internal void Remove(Frame frame)
    {
        if (!frame.IsQueued) return;
        Frame? before = null;
        for (var at = first; at is not null; before = at, at = at.NextInList)
        {
            if (!ReferenceEquals(at, frame)) continue;
            if (before is null) first = at.NextInList;
            else before.NextInList = at.NextInList;
            if (ReferenceEquals(last, at)) last = before;
            break;
        }

        frame.IsQueued = false;
        frame.NextInList = null;
    }

    /// <summary>Removes all frames.</summary>
    internal void Clear()
    {
        while (Take() is not null)
        {
        }
    }
}
