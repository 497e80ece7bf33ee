using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Histories;

namespace Orkestra.Dashboard.Runs;

/// <summary>How a visit to a state, or an attempt at it, stands.</summary>
internal enum VisitStatus
{
    None,
    Succeeded,
    Caught,
    Aborted,
    TimedOut,
    Waiting,
    Running,
    Failed,
}

/// <summary>A visit to a state: from when it is entered until it is left.</summary>
/// <param name="id">The id of the event by which the state was entered.</param>
/// <param name="state">The visit in the tree of the history.</param>
/// <param name="type">Its type, such as <c>Task</c>.</param>
/// <param name="input">The input of the state.</param>
/// <param name="parent">The visit to the Parallel or the Map around it; null at the outermost level.</param>
internal sealed class RunVisit(int id, StateVisit state, string type, JsonValue? input, RunVisit? parent)
{
    internal int Id { get; } = id;

    internal StateVisit State { get; } = state;

    internal string Name => State.Name;

    internal string Type { get; } = type;

    internal DateTimeOffset Entered => State.Started;

    internal JsonValue? Input { get; } = input;

    internal RunVisit? Parent { get; } = parent;

    /// <summary>The iteration of the Map around it; null otherwise.</summary>
    internal int? Iteration => State.Scope.Iteration;

    internal int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>When it was left, or when it failed for good; null while it is under way.</summary>
    internal DateTimeOffset? Left => State.Ended;

    internal JsonValue? Output { get; set; }

    internal JsonObject? Assigned { get; set; }

    internal VisitStatus Status => State.Status switch
    {
        StateStatus.Done => VisitStatus.Succeeded,
        StateStatus.Caught => VisitStatus.Caught,
        StateStatus.Failed => VisitStatus.Failed,
        StateStatus.Aborted => VisitStatus.Aborted,
        StateStatus.TimedOut => VisitStatus.TimedOut,
        _ => LastAttempt?.Status == VisitStatus.Waiting ? VisitStatus.Waiting : VisitStatus.Running,
    };

    /// <summary>The last failure; null for none.</summary>
    internal string? Error => State.Error?.Error;

    internal string? Cause => State.Cause;

    internal List<StateAttempt> Attempts { get; } = [];

    /// <summary>How the iterations of a Map stand.</summary>
    internal Dictionary<int, VisitStatus> IterationStatuses { get; } = [];

    internal string? MapRunArn { get; set; }

    /// <summary>The events that belong to it.</summary>
    internal List<int> EventIds { get; } = [];

    internal bool IsOver => Left is not null;

    internal bool IsRetried => Attempts.Count > 1;

    internal StateAttempt? LastAttempt => Attempts.Count == 0 ? null : Attempts[^1];

    /// <summary>Ends the attempt that is under way, if any.</summary>
    internal void EndAttempt(DateTimeOffset ended, VisitStatus status, string? error = null, string? cause = null)
    {
        if (LastAttempt is { Ended: null } attempt) (attempt.Ended, attempt.Status, attempt.Error, attempt.Cause) = (ended, status, error, cause);
    }
}

/// <summary>An attempt at the task of a state.</summary>
/// <param name="number">1 for the first one.</param>
/// <param name="scheduled">The event by which it was scheduled.</param>
internal sealed class StateAttempt(int number, HistoryEvent scheduled)
{
    const double Longest = 100.0 * 366 * 24 * 3600;

    internal int Number { get; } = number;

    internal DateTimeOffset Started => scheduled.Timestamp;

    /// <summary>What the task is given.</summary>
    internal JsonValue? Arguments => scheduled.Value;

    /// <summary>When it times out; null for never.</summary>
    internal DateTimeOffset? Deadline => Seconds("timeoutInSeconds") is { } limit ? Started + limit : null;

    /// <summary>The longest time between two heartbeats; null for none.</summary>
    internal TimeSpan? Heartbeat => Seconds("heartbeatInSeconds");

    internal DateTimeOffset? Ended { get; set; }

    internal VisitStatus Status { get; set; } = VisitStatus.Running;

    internal JsonValue? Result { get; set; }

    internal string? Error { get; set; }

    internal string? Cause { get; set; }

    // A limit may be as long as the largest number: there is no such time.
    TimeSpan? Seconds(string name) => scheduled.Details[name] is JsonNumber { Value: > 0 and < Longest } seconds ? TimeSpan.FromSeconds(seconds.Value) : null;
}
