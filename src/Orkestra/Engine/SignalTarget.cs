using Orkestra.Engine.Runs;

namespace Orkestra.Engine;

/// <summary>What waits for a signal in an execution. Valid until the next signal is applied.</summary>
/// <param name="frame">The frame; null when nothing waits.</param>
internal readonly struct SignalTarget(Frame? frame)
{
    /// <summary>The state that waits; null when none does.</summary>
    internal string? StateName => frame?.State.Name;

    internal Frame? Frame => frame;
}
