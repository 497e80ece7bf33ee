namespace Orkestra.Engine.Runs;

/// <summary>What a frame does next, or waits for.</summary>
internal enum FramePhase : byte
{
    /// <summary>Not in use.</summary>
    Free,

    /// <summary>Its state is being evaluated.</summary>
    Working,

    /// <summary>Its state is to be entered.</summary>
    EntryReady,

    /// <summary>It waits for the answer to a task's request.</summary>
    AwaitingTask,

    /// <summary>The request was answered; it waits for a callback or for the end of a job.</summary>
    AwaitingCallback,

    /// <summary>It waits for the time of a Wait state.</summary>
    AwaitingTime,

    /// <summary>It waits for the delay before a retry.</summary>
    AwaitingRetry,

    /// <summary>It waits for its branches, iterations or child executions.</summary>
    Joining,

    /// <summary>What its state waited for has arrived: the time of a Wait, or the end of all branches or iterations.</summary>
    ResumeReady,

    /// <summary>The delay is over: its state is to be tried again.</summary>
    RetryReady,

    /// <summary>Its state failed or was aborted, and the execution ended with it. A redrive begins the state again.</summary>
    FailedRetained,
}
