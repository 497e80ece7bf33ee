using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Histories;

namespace Orkestra.Dashboard.Runs;

/// <summary>The visits of a <see cref="HistoryTree"/> with what pages show of them: values, attempts and the ways between states. Immutable once all events are added.</summary>
internal sealed class RunHistory
{
    readonly HistoryTree tree = new();
    readonly List<RunVisit> visits = [];
    readonly Dictionary<StateVisit, RunVisit> byState = [];
    readonly HashSet<(string From, string? To)> ways = [];

    /// <summary>The visits, in the order in which they began.</summary>
    internal IReadOnlyList<RunVisit> Visits => visits;

    /// <summary>From which state the execution went to which, or to the end of a level (null).</summary>
    internal IReadOnlySet<(string From, string? To)> Ways => ways;

    /// <summary>How many events were added.</summary>
    internal int Count { get; private set; }

    internal void Add(HistoryEvent happened)
    {
        Count++;
        var before = tree.OwnerOf(happened.PreviousEventId);
        tree.Apply(happened);
        var type = happened.Type.ToString();
        if (tree.OwnerOf(Count) is { } state)
        {
            if (!byState.TryGetValue(state, out var visit)) visit = Enter(happened, type, state, before);
            visit.EventIds.Add(happened.Id);
            if (type.EndsWith("StateExited", StringComparison.Ordinal)) Exit(happened, visit);
            else Note(happened, type, visit);
        }

        if (type.StartsWith("Execution", StringComparison.Ordinal)) End(happened, before);
    }

    RunVisit Enter(HistoryEvent happened, string type, StateVisit state, StateVisit? before)
    {
        var visit = new RunVisit(happened.Id, state, type[..^"StateEntered".Length], happened.Value, state.Scope.Owner is { } owner ? byState[owner] : null);
        byState.Add(state, visit);
        visits.Add(visit);
        if (before is not null && before != state && before.Scope == state.Scope) ways.Add((before.Name, state.Name));
        return visit;
    }

    void Exit(HistoryEvent happened, RunVisit visit)
    {
        visit.Output = happened.Value;
        visit.Assigned = happened.AssignedVariables;
        foreach (var inside in visit.State.Scopes)
        {
            if (inside.Visits is [.., { Status: StateStatus.Done or StateStatus.Caught } last]) ways.Add((last.Name, null));
        }
    }

    static void Note(HistoryEvent happened, string type, RunVisit visit)
    {
        switch (happened.Type)
        {
            case HistoryEventType.MapIterationStarted:
                visit.IterationStatuses[happened.Index!.Value] = VisitStatus.Running;
                break;
            case HistoryEventType.MapIterationSucceeded:
                visit.IterationStatuses[happened.Index!.Value] = VisitStatus.Succeeded;
                break;
            case HistoryEventType.MapIterationFailed:
                visit.IterationStatuses[happened.Index!.Value] = VisitStatus.Failed;
                break;
            case HistoryEventType.MapIterationAborted:
                visit.IterationStatuses[happened.Index!.Value] = VisitStatus.Aborted;
                break;
            case HistoryEventType.MapRunStarted:
                visit.MapRunArn = (happened.Details["mapRunArn"] as JsonString)?.Value;
                break;
            case HistoryEventType.TaskSubmitted:
                if (visit.LastAttempt is { } submitted) submitted.Status = VisitStatus.Waiting;
                break;
            case HistoryEventType.TaskSucceeded or HistoryEventType.LambdaFunctionSucceeded or HistoryEventType.ActivitySucceeded:
                if (visit.LastAttempt is { } attempt) (attempt.Ended, attempt.Status, attempt.Result) = (happened.Timestamp, VisitStatus.Succeeded, happened.Value);
                break;
            default:
                if (type.EndsWith("Scheduled", StringComparison.Ordinal)) visit.Attempts.Add(new StateAttempt(visit.Attempts.Count + 1, happened));
                else if (type.EndsWith("Aborted", StringComparison.Ordinal)) visit.EndAttempt(happened.Timestamp, VisitStatus.Aborted);
                else if (type.EndsWith("TimedOut", StringComparison.Ordinal)) visit.EndAttempt(happened.Timestamp, VisitStatus.TimedOut, happened.Error, happened.Cause);
                else if (type.EndsWith("Failed", StringComparison.Ordinal)) visit.EndAttempt(happened.Timestamp, VisitStatus.Failed, happened.Error, happened.Cause);
                break;
        }
    }

    // What was under way when the execution ended has ended with it.
    void End(HistoryEvent happened, StateVisit? before)
    {
        if (happened.Type is HistoryEventType.ExecutionStarted or HistoryEventType.ExecutionRedriven) return;
        if (happened.Type == HistoryEventType.ExecutionSucceeded)
        {
            if (before is not null) ways.Add((before.Name, null));
            return;
        }

        foreach (var visit in visits) visit.EndAttempt(happened.Timestamp, VisitStatus.Aborted);
    }
}
