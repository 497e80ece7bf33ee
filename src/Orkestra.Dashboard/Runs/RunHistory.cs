using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Dashboard.Runs;

/// <summary>What a history says about the states: each visit with its attempts. Immutable once all events are added.</summary>
internal sealed class RunHistory
{
    // Which visit, and which iteration of it, an event belongs to follows from the event before it.
    readonly List<(RunVisit? Visit, int? Iteration)> owners = [default];
    readonly List<RunVisit> visits = [];
    readonly HashSet<(string From, string? To)> ways = [];

    /// <summary>The visits, in the order in which they began.</summary>
    internal IReadOnlyList<RunVisit> Visits => visits;

    /// <summary>From which state the execution went to which, or to the end of a level (null).</summary>
    internal IReadOnlySet<(string From, string? To)> Ways => ways;

    /// <summary>How many events were added.</summary>
    internal int Count => owners.Count - 1;

    internal void Add(HistoryEvent happened)
    {
        var type = happened.Type.ToString();
        var (visit, iteration) = owners[happened.PreviousEventId];
        if (type.EndsWith("StateEntered", StringComparison.Ordinal)) (visit, iteration) = Enter(happened, type, visit, iteration);
        else if (type.StartsWith("Execution", StringComparison.Ordinal)) End(happened);
        else if (type.EndsWith("StateExited", StringComparison.Ordinal)) visit = Exit(happened, visit);
        else if (visit is not null) iteration = Happen(happened, type, visit, iteration);
        visit?.EventIds.Add(happened.Id);
        owners.Add((visit, iteration));
    }

    (RunVisit, int?) Enter(HistoryEvent happened, string type, RunVisit? before, int? iteration)
    {
        // After a state that was left comes its neighbor; inside one that is under way comes its content.
        var isNeighbor = before is { IsOver: true };
        var parent = isNeighbor ? before!.Parent : before;
        if (isNeighbor) iteration = before!.Iteration;
        if (isNeighbor) ways.Add((before!.Name, happened.StateName));
        var visit = new RunVisit(happened.Id, happened.StateName ?? "?", type[..^"StateEntered".Length], happened.Timestamp, happened.Value, parent, parent is null ? null : iteration);
        if (visit.Type == "Fail") (visit.Left, visit.Status) = (happened.Timestamp, VisitStatus.Failed);
        visits.Add(visit);
        return (visit, null);
    }

    RunVisit? Exit(HistoryEvent happened, RunVisit? visit)
    {
        // A branch joins the state around it, which is what is left.
        while (visit is not null && (visit.Name != happened.StateName || visit.IsOver))
        {
            if (visit.IsOver) ways.Add((visit.Name, null));
            visit = visit.Parent;
        }

        if (visit is null) return null;
        visit.Left = happened.Timestamp;
        visit.Output = happened.Value;
        visit.Assigned = happened.AssignedVariables;
        visit.Status = visit.Error is null ? VisitStatus.Succeeded : VisitStatus.Caught;
        return visit;
    }

    static int? Happen(HistoryEvent happened, string type, RunVisit visit, int? iteration)
    {
        switch (happened.Type)
        {
            case HistoryEventType.MapIterationStarted:
                visit.IterationStatuses[happened.Index!.Value] = VisitStatus.Running;
                return happened.Index;
            case HistoryEventType.MapIterationSucceeded or HistoryEventType.MapIterationFailed or HistoryEventType.MapIterationAborted:
                Around(visit, happened).IterationStatuses[happened.Index!.Value] = happened.Type switch
                {
                    HistoryEventType.MapIterationSucceeded => VisitStatus.Succeeded,
                    HistoryEventType.MapIterationFailed => VisitStatus.Failed,
                    _ => VisitStatus.Aborted,
                };
                return iteration;
            case HistoryEventType.MapStateStarted:
                visit.Iterations = happened.Details["length"] is JsonNumber length ? (int)length.Value : null;
                return iteration;
            case HistoryEventType.MapRunStarted:
                visit.MapRunArn = (happened.Details["mapRunArn"] as JsonString)?.Value;
                return iteration;
        }

        if (type.EndsWith("Scheduled", StringComparison.Ordinal))
        {
            visit.Attempts.Add(new StateAttempt(visit.Attempts.Count + 1, happened.Timestamp, happened.Value));
            (visit.Status, visit.Left) = (VisitStatus.Running, null);
        }
        else if (happened.Type == HistoryEventType.TaskSubmitted && visit.LastAttempt is { } submitted)
        {
            submitted.IsSubmitted = true;
            visit.Status = submitted.Status = VisitStatus.Waiting;
        }
        else if (happened.Type is HistoryEventType.TaskSucceeded or HistoryEventType.LambdaFunctionSucceeded or HistoryEventType.ActivitySucceeded)
        {
            if (visit.LastAttempt is { } attempt) (attempt.Ended, attempt.Status, attempt.Result) = (happened.Timestamp, VisitStatus.Succeeded, happened.Value);
            (visit.Error, visit.Cause, visit.Status) = (null, null, VisitStatus.Running);
        }
        else if (type.EndsWith("StateSucceeded", StringComparison.Ordinal))
        {
            (visit.Error, visit.Cause) = (null, null);
        }
        else if (type.EndsWith("Aborted", StringComparison.Ordinal))
        {
            (visit.Left, visit.Status) = (happened.Timestamp, VisitStatus.Aborted);
        }
        else if (type.EndsWith("Failed", StringComparison.Ordinal) || type.EndsWith("TimedOut", StringComparison.Ordinal))
        {
            Fail(happened, type, visit);
        }

        return iteration;
    }

    static void Fail(HistoryEvent happened, string type, RunVisit visit)
    {
        (visit.Error, visit.Cause) = (happened.Error ?? visit.Error ?? "", happened.Cause ?? visit.Cause);
        if (visit.LastAttempt is not { Ended: null } attempt) return;
        attempt.Ended = happened.Timestamp;
        attempt.Status = type.EndsWith("TimedOut", StringComparison.Ordinal) ? VisitStatus.TimedOut : VisitStatus.Failed;
        (attempt.Error, attempt.Cause) = (happened.Error, happened.Cause);
    }

    static RunVisit Around(RunVisit visit, HistoryEvent happened)
    {
        var name = (happened.Details["name"] as JsonString)?.Value;
        var around = visit;
        while (around.Parent is { } parent && (around.Name != name || around.Type != "Map")) around = parent;
        return around;
    }

    // What was under way when the execution ended has ended with it.
    void End(HistoryEvent happened)
    {
        if (happened.Type is HistoryEventType.ExecutionStarted or HistoryEventType.ExecutionRedriven) return;
        if (happened.Type == HistoryEventType.ExecutionSucceeded)
        {
            if (owners[happened.PreviousEventId].Visit is { } last) ways.Add((last.Name, null));
            return;
        }

        foreach (var visit in visits.Where(visit => !visit.IsOver))
        {
            visit.Left = happened.Timestamp;
            if (visit.LastAttempt is { Ended: null } attempt) (attempt.Ended, attempt.Status) = (happened.Timestamp, VisitStatus.Aborted);
            visit.Status = visit.Error is not null ? VisitStatus.Failed
                : happened.Type == HistoryEventType.ExecutionTimedOut ? VisitStatus.TimedOut
                : happened.Type == HistoryEventType.ExecutionFailed && HasFailedInside(visit) ? VisitStatus.Failed
                : VisitStatus.Aborted;
        }
    }

    bool HasFailedInside(RunVisit around) => visits.Exists(visit => visit.Parent == around && visit.Status == VisitStatus.Failed);
}
