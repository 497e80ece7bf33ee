namespace Orkestra.Engine;

/// <summary>How an execution stands, as AWS names it (RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED).</summary>
public enum ExecutionStatus
{
    /// <summary>It has not ended.</summary>
    Running,

    /// <summary>It ended with an output.</summary>
    Succeeded,

    /// <summary>It ended with an error.</summary>
    Failed,

    /// <summary>It took longer than the machine's <c>TimeoutSeconds</c>.</summary>
    TimedOut,

    /// <summary>It was stopped.</summary>
    Aborted,
}
