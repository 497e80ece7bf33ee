using Orkestra.Engine.DataFlow;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Runs;

/// <summary>The branches of a Parallel or the iterations of an inline Map that are under way.</summary>
internal sealed class FanOut
{
    /// <summary>What the items are taken from; empty for a Parallel.</summary>
    internal JsonArray Items = JsonArray.Empty;

    /// <summary>The outputs so far, by index.</summary>
    internal JsonValue[] Results = [];

    /// <summary>The variables iterations see.</summary>
    internal VariableScope Variables = VariableScope.Empty;

    /// <summary>The index of the next branch or iteration to begin.</summary>
    internal int Next;

    /// <summary>How many have ended.</summary>
    internal int Done;

    /// <summary>The first of those under way.</summary>
    internal Frame? First;

    /// <summary>Adds a frame to those under way.</summary>
    internal void Add(Frame frame)
    {
        frame.PreviousSibling = null;
        frame.NextSibling = First;
        if (First is not null) First.PreviousSibling = frame;
        First = frame;
    }

    /// <summary>Takes a frame from those under way.</summary>
    internal void Remove(Frame frame)
    {
        if (frame.PreviousSibling is null) First = frame.NextSibling;
        else frame.PreviousSibling.NextSibling = frame.NextSibling;
        if (frame.NextSibling is not null) frame.NextSibling.PreviousSibling = frame.PreviousSibling;
        frame.PreviousSibling = frame.NextSibling = null;
    }
}
