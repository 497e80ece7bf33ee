namespace Orkestra.Hosting.Running;

/// <summary>What a pump does.</summary>
internal enum PumpState
{
    /// <summary>A thread pumps, a commit is under way, or the execution is not started: signals that arrive wait.</summary>
    Pumping,

    /// <summary>The execution waits for something from outside.</summary>
    Resting,

    /// <summary>The execution ended.</summary>
    Ended,

    /// <summary>The execution cannot go on here.</summary>
    Suspended,

    /// <summary>The execution only waits, and left the memory. It goes on in another pump.</summary>
    Unloaded,
}

/// <summary>Why a thread stopped pumping.</summary>
internal enum PumpOutcome
{
    /// <summary>Another thread goes on, now or after a commit.</summary>
    GoesOn,

    /// <summary>The execution waits for something from outside.</summary>
    Resting,

    /// <summary>The execution ended.</summary>
    Ended,

    /// <summary>The execution cannot go on here.</summary>
    Suspended,
}
