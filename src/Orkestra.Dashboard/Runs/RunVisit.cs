using Orkestra.Expressions.Data;

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
/// <param name="name">The state.</param>
/// <param name="type">Its type, such as <c>Task</c>.</param>
/// <param name="entered">When it was entered.</param>
/// <param name="input">The input of the state.</param>
/// <param name="parent">The visit to the Parallel or the Map around it; null at the outermost level.</param>
/// <param name="iteration">The iteration of that Map; null otherwise.</param>
internal sealed class RunVisit(int id, string name, string type, DateTimeOffset entered, JsonValue? input, RunVisit? parent, int? iteration)
{
    internal int Id { get; } = id;

    internal string Name { get; } = name;

    internal string Type { get; } = type;

    internal DateTimeOffset Entered { get; } = entered;

    internal JsonValue? Input { get; } = input;

    internal RunVisit? Parent { get; } = parent;

    internal int? Iteration { get; } = iteration;

    internal int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>When it was left, or when it failed for good; null while it is under way.</summary>
    internal DateTimeOffset? Left { get; set; }

    internal JsonValue? Output { get; set; }

    internal JsonObject? Assigned { get; set; }

    internal VisitStatus Status { get; set; } = VisitStatus.Running;

    /// <summary>The last failure; null for none.</summary>
    internal string? Error { get; set; }

    internal string? Cause { get; set; }

    internal List<StateAttempt> Attempts { get; } = [];

    /// <summary>How many iterations a Map has begun with, and how they ended.</summary>
    internal int? Iterations { get; set; }

    internal Dictionary<int, VisitStatus> IterationStatuses { get; } = [];

    internal string? MapRunArn { get; set; }

    /// <summary>The events that belong to it.</summary>
    internal List<int> EventIds { get; } = [];

    internal bool IsOver => Left is not null;

    internal bool IsRetried => Attempts.Count > 1;

    internal StateAttempt? LastAttempt => Attempts.Count == 0 ? null : Attempts[^1];
}

/// <summary>An attempt at the task of a state.</summary>
/// <param name="number">1 for the first one.</param>
/// <param name="started">When it was scheduled.</param>
/// <param name="arguments">What the task is given.</param>
internal sealed class StateAttempt(int number, DateTimeOffset started, JsonValue? arguments)
{
    internal int Number { get; } = number;

    internal DateTimeOffset Started { get; } = started;

    internal JsonValue? Arguments { get; } = arguments;

    internal DateTimeOffset? Ended { get; set; }

    internal VisitStatus Status { get; set; } = VisitStatus.Running;

    internal JsonValue? Result { get; set; }

    internal string? Error { get; set; }

    internal string? Cause { get; set; }

    /// <summary>Whether the request was accepted, and a callback or the end of a job is awaited.</summary>
    internal bool IsSubmitted { get; set; }
}
