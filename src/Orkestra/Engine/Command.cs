namespace Orkestra.Engine;

/// <summary>Something an execution wants done outside, for a frame in the state it was in when it asked.</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="Frame">Who wants it.</param>
/// <param name="Generation">The frame's generation then.</param>
/// <param name="Index">The child execution it is about.</param>
/// <param name="MapRun">The Map Run whose children are to be stopped, which the frame may have forgotten; null with all else.</param>
internal readonly record struct Command(CommandKind Kind, Frame Frame, int Generation, int Index = 0, MapRun? MapRun = null)
{
    internal TaskId Task => new(Frame.Slot, Generation);

    /// <summary>Whether the frame still wants it.</summary>
    internal bool IsCurrent => Frame.Generation == Generation;
}
