namespace Orkestra.Hosting.Histories;

/// <summary>The status of a visit to a state.</summary>
internal enum StateStatus
{
    Running,
    Done,

    /// <summary>It failed, and the run went on because the error was caught.</summary>
    Caught,
    Failed,
    Aborted,

    /// <summary>It was under way when the time of the execution was over.</summary>
    TimedOut,
}
