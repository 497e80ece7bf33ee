namespace Orkestra.Engine.Runs;

/// <summary>What is due.</summary>
internal enum TimerKind : byte
{
    /// <summary>A Wait state ends.</summary>
    Wait,

    /// <summary>A state is tried again.</summary>
    Retry,

    /// <summary>A task reaches its time limit.</summary>
    TaskTimeout,

    /// <summary>A heartbeat is overdue.</summary>
    Heartbeat,

    /// <summary>The execution reaches its time limit.</summary>
    ExecutionTimeout,
}
