namespace Orkestra.Engine;

/// <summary>What is due.</summary>
internal enum TimerKind : byte
{
    /// <summary>A Wait state ends.</summary>
    Wait,

    /// <summary>A state is tried again.</summary>
    Retry,

    /// <summary>A task's time is over.</summary>
    TaskTimeout,

    /// <summary>A heartbeat is overdue.</summary>
    Heartbeat,

    /// <summary>The execution's time is over.</summary>
    ExecutionTimeout,
}
