namespace Orkestra.CommandLine.Progress;

/// <summary>How a visit to a state stands.</summary>
internal enum StateStatus
{
    Running,
    Done,

    /// <summary>It failed, and the run went on because the error was caught.</summary>
    Caught,
    Failed,
    Aborted,
}
