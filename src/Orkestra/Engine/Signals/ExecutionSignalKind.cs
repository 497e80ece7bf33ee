namespace Orkestra.Engine.Signals;

/// <summary>What can reach an execution from outside. Stores keep the names; the numbers may change.</summary>
public enum ExecutionSignalKind
{
    /// <summary>The execution begins.</summary>
    Started,

    /// <summary>A task answered with a result.</summary>
    TaskSucceeded,

    /// <summary>A task answered with an error.</summary>
    TaskFailed,

    /// <summary>The request of a task was accepted; its end follows later.</summary>
    TaskSubmitted,

    /// <summary>A task reported that it is still running.</summary>
    TaskHeartbeat,

    /// <summary>A task was completed with its token.</summary>
    CallbackSucceeded,

    /// <summary>A task was failed with its token.</summary>
    CallbackFailed,

    /// <summary>An activity waits for a worker.</summary>
    ActivityScheduled,

    /// <summary>A worker took an activity.</summary>
    ActivityStarted,

    /// <summary>Time passed: everything due is done.</summary>
    TimePassed,

    /// <summary>A runtime took over the execution after a restart. Changes nothing: storing it makes sure that no other runtime goes on with the same execution.</summary>
    Resumed,

    /// <summary>Work that needs nothing from outside goes on after a pause.</summary>
    Continued,

    /// <summary>The execution is stopped.</summary>
    Stopped,

    /// <summary>The engine could not go on with the execution, which ends as failed.</summary>
    Faulted,

    /// <summary>The execution begins again where it failed.</summary>
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
