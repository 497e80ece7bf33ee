namespace Orkestra.Engine;

/// <summary>Something an execution wants done outside, for a frame in the state it was in when it asked.</summary>
internal readonly record struct Command(CommandKind Kind, Frame Frame, int Generation, int Index = 0)
{
    internal TaskId Task => new(Frame.Slot, Generation);

    /// <summary>Whether the frame still wants it.</summary>
    internal bool IsCurrent => Frame.Generation == Generation;
}
