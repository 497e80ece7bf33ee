namespace Orkestra.Hosting.Histories;

/// <summary>The status of a visit to a state.</summary>
public enum StateStatus
{
    /// <summary>It is under way.</summary>
    Running,

    /// <summary>It ended without an error.</summary>
    Done,

    /// <summary>It failed, and the run went on because the error was caught.</summary>
    Caught,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was stopped, because another branch failed or the execution was stopped.</summary>
    Aborted,

    /// <summary>It was under way when the time of the execution was over.</summary>
    TimedOut,
}
