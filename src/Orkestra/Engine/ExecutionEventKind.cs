namespace Orkestra.Engine;

/// <summary>What can happen to an execution from outside.</summary>
public enum ExecutionEventKind
{
    /// <summary>It begins.</summary>
    Started,

    /// <summary>A task answered with a result.</summary>
    TaskSucceeded,

    /// <summary>A task answered with an error.</summary>
    TaskFailed,

    /// <summary>A task took the request; its end will be told later.</summary>
    TaskSubmitted,

    /// <summary>A task is alive.</summary>
    TaskHeartbeat,

    /// <summary>An activity waits for a worker.</summary>
    ActivityScheduled,

    /// <summary>A worker took an activity.</summary>
    ActivityStarted,

    /// <summary>Time passed: everything due is done.</summary>
    TimePassed,

    /// <summary>A long stretch of work without anything from outside goes on.</summary>
    Continued,

    /// <summary>It is stopped.</summary>
    Stopped,

    /// <summary>It begins again where it failed.</summary>
    Redriven,

    /// <summary>The items of a distributed Map were read.</summary>
    ItemsRead,

    /// <summary>The items of a distributed Map could not be read.</summary>
    ItemsFailed,

    /// <summary>A child execution of a distributed Map succeeded.</summary>
    ChildSucceeded,

    /// <summary>A child execution of a distributed Map ended without success.</summary>
    ChildFailed,

    /// <summary>The results of a distributed Map were written.</summary>
    ResultsWritten,

    /// <summary>The results of a distributed Map could not be written.</summary>
    ResultsFailed,

    /// <summary>The limits of a Map Run, named by the cause, were changed.</summary>
    MapRunUpdated,
}
