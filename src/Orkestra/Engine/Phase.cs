namespace Orkestra.Engine;

/// <summary>What a frame does next, or waits for.</summary>
internal enum Phase : byte
{
    /// <summary>Not in use.</summary>
    Free,

    /// <summary>Its state is at work.</summary>
    Working,

    /// <summary>Its state is to be entered.</summary>
    Entering,

    /// <summary>It waits for a task's answer.</summary>
    Task,

    /// <summary>It waits for a callback or the end of a job after the request was answered.</summary>
    Submitted,

    /// <summary>It waits for a Wait state's time.</summary>
    Waiting,

    /// <summary>It waits to try again.</summary>
    Retrying,

    /// <summary>It waits for its branches, iterations or child executions.</summary>
    Joining,

    /// <summary>What its state waited for is there: the time of a Wait, all branches or iterations.</summary>
    Joined,

    /// <summary>Its state is to be tried again.</summary>
    Again,

    /// <summary>Its state failed, or was given up, and the execution ended with it; a redrive begins the state again.</summary>
    Broken,
}
