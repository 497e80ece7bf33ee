using System.Runtime.CompilerServices;
using Orkestra.Engine.DataFlow;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Runs;

/// <summary>The frames of one execution by slot. A frame that is returned is used again, with a higher generation.</summary>
internal struct FrameTable
{
    // Most executions have one frame only.
    Frame? first;
    Frame[]? frames;
    Frame? free;
    int worked;

    /// <summary>How many slots there are, free ones included.</summary>
    internal int Count { get; private set; }

    /// <summary>The frame in a slot.</summary>
    internal readonly Frame this[int slot] => slot == 0 ? first! : frames![slot];

    /// <summary>The frame a task belongs to; null when the frame has moved on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly Frame? Find(TaskId task) =>
        (uint)task.Slot < (uint)Count && this[task.Slot] is var frame && frame.Generation == task.Generation ? frame : null;

    /// <summary>Whether a frame waits for something that goes on only while the execution is in memory (<see cref="Frame.IsWorkedFor"/>).</summary>
    internal bool IsWorkedFor
    {
        get
        {
            // Mostly the one that was found the last time.
            if (worked < Count && this[worked].IsWorkedFor) return true;
            for (worked = 0; worked < Count; worked++)
            {
                if (this[worked].IsWorkedFor) return true;
            }

            return false;
        }
    }

    /// <summary>Takes a free frame, or makes one.</summary>
    internal Frame Rent()
    {
        if (free is { } reused)
        {
            free = reused.NextInList;
            reused.NextInList = null;
            return reused;
        }

        var frame = new Frame(Count);
        if (Count == 0)
        {
            first = frame;
        }
        else
        {
            frames ??= new Frame[4];
            if (Count == frames.Length) Array.Resize(ref frames, Count * 2);
            frames[Count] = frame;
        }

        Count++;
        return frame;
    }

    /// <summary>Gives a frame back. It must not be in the run queue.</summary>
    internal void Return(Frame frame)
    {
        frame.HasRetainedBranches = false;
        frame.Generation++;
        frame.Phase = FramePhase.Free;
        frame.Parent = null;
        frame.Item = null;
        frame.FanOut = null;
        frame.MapRun = null;
        frame.Token = null;
        frame.EarlyCallback = null;
        frame.Limits = null;
        frame.Variables = VariableScope.Empty;
        frame.Input = frame.Effective = frame.Parameters = JsonValue.Null;
        frame.NextInList = free;
        free = frame;
    }
}
