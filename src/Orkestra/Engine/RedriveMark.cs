namespace Orkestra.Engine;

/// <summary>The last redrive of an execution.</summary>
/// <param name="Count">How many redrives there were, this one included.</param>
/// <param name="Ticks">When it was, UTC ticks.</param>
/// <param name="OfMapRun">For a child execution, which redrive of its Map Run it was part of; 0 otherwise.</param>
internal sealed record RedriveMark(int Count, long Ticks, int OfMapRun)
{
    /// <summary>When it was, UTC.</summary>
    internal DateTimeOffset Time => new(Ticks, TimeSpan.Zero);
}
