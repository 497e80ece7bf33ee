using Orkestra.Engine;
using Failure = Orkestra.Authoring.Failure;

namespace Orkestra.Hosting.Histories;

/// <summary>
/// What a run's events say about its states. Each event names the one it follows from, which tells where in the tree it belongs:
/// <code>
/// …StateEntered        a visit in the scope of the event before
/// Parallel…Started     a scope for the branches
/// MapIterationStarted  a scope for the iteration
/// …Scheduled           an attempt; the second one is a retry
/// …Failed, …TimedOut   the error of the visit
/// …StateExited         the visit is done, or caught when its last attempt failed
/// </code>
/// A redrive goes on with the visits of before: what is scheduled again is under way again, with all that holds it. Events are applied in the order of their ids, all of them, by one
/// thread at a time; the visits change while they are.
/// </summary>
public sealed class HistoryTree
{
    readonly List<(VisitScope Scope, StateVisit? Visit)> places = [];
    readonly List<StateVisit> visits = [];
    bool isRedriven;

    /// <summary>The visits of the state machine itself, with those inside of them.</summary>
    public VisitScope Root { get; } = new(null, null);

    /// <summary>The time of the first event, UTC.</summary>
    public DateTimeOffset Started { get; private set; }

    /// <summary>The time of the last event, UTC.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>The visits, in the order in which they began.</summary>
    public IReadOnlyList<StateVisit> Visits => visits;

    /// <summary>The visit an event belongs to, which of those that begin a branch or an iteration is the one that holds it; null for none. Ids are counted from 1.</summary>
    /// <param name="eventId">The id of an event that was applied.</param>
    public StateVisit? OwnerOf(int eventId) => eventId > 0 && eventId < places.Count ? places[eventId].Visit ?? places[eventId].Scope.Owner : null;

    /// <summary>Applies an event. Returns the visit it is about, null for none, and whether it begins a retry.</summary>
    /// <param name="happened">The event.</param>
    public (StateVisit? Visit, bool IsRetry) Apply(HistoryEvent happened) => Apply(HistoryFact.Of(happened));

    /// <summary>Applies an event. Returns the visit it is about, null for none, and whether it begins a retry.</summary>
    /// <param name="happened">The event.</param>
    public (StateVisit? Visit, bool IsRetry) Apply(in HistoryFact happened)
    {
        Now = happened.Timestamp;
        if (places.Count == 0)
        {
            Started = Now;
            places.Add((Root, null));
        }

        var (scope, visit) = places[Math.Min(happened.PreviousEventId, places.Count - 1)];
        var isRetry = false;
        var type = happened.Type;
        if (type.EndsWith("StateEntered", StringComparison.Ordinal))
        {
            visit = new StateVisit(scope, happened.StateName!, Now) { IsOnlyAnEnd = type == "SucceedStateEntered", IsFail = type == "FailStateEntered" };
            if (visit.IsFail) (visit.Status, visit.Ended) = (StateStatus.Failed, Now);
            scope.Inner.Add(visit);
            visits.Add(visit);
        }
        else if (type == "MapIterationStarted" && Enclosing(visit ?? scope.Owner, happened.StateName!) is { } map)
        {
            // With limited concurrency an iteration follows from the end of another.
            visit = map;
            scope = new VisitScope(visit, happened.Index);
            visit.Inner.Add(scope);
            visit = null;
        }
        else if (type == "ParallelStateStarted" && visit is not null)
        {
            scope = new VisitScope(visit, null);
            visit.Inner.Add(scope);
            visit = null;
        }
        else if (happened.StateName is { } stopped && type.EndsWith("StateAborted", StringComparison.Ordinal) && Beside(visit ?? scope.Owner, stopped) is { } neighbour)
        {
            // What is stopped for a failing state follows from that state.
            visit = neighbour;
            scope = visit.Scope;
            Update(visit, happened, type);
        }
        else if (happened.StateName is { } name)
        {
            visit = Enclosing(visit ?? scope.Owner, name) ?? (isRedriven && type.EndsWith("Scheduled", StringComparison.Ordinal) ? visits.Find(before => before.Name == name && IsDoneAgain(before)) : null);
            scope = visit?.Scope ?? Root;
            if (visit is not null) isRetry = Update(visit, happened, type);
        }
        else if (IsEndOfContainer(type) && Container(visit ?? scope.Owner) is { } container)
        {
            visit = container;
            scope = container.Scope;
            Update(visit, happened, type);
        }
        else if (visit is { Status: StateStatus.Running } or { IsFail: true } && (!type.StartsWith("Execution", StringComparison.Ordinal) || (visit.IsFail && type == "ExecutionFailed")))
        {
            // AWS names the state with few events; the others belong to the state that the event before them is about.
            isRetry = Update(visit, happened, type);
        }

        isRedriven |= type == "ExecutionRedriven";
        if (type.StartsWith("Execution", StringComparison.Ordinal) && type is not ("ExecutionStarted" or "ExecutionRedriven")) End(Root, happened);
        places.Add((scope, visit));
        return (visit, isRetry);
    }

    bool Update(StateVisit visit, in HistoryFact happened, string type)
    {
        if (type.StartsWith("MapIteration", StringComparison.Ordinal))
        {
            // How an iteration ends is not how its Map does, whose own events say that.
        }
        else if (type.EndsWith("StateExited", StringComparison.Ordinal))
        {
            visit.Status = visit.Error is null ? StateStatus.Done : StateStatus.Caught;
            visit.Ended = Now;
        }
        else if (type.EndsWith("Aborted", StringComparison.Ordinal))
        {
            // The state that failed its Parallel or Map ends with the same event as those that were stopped for it.
            visit.Status = visit.IsFailing ? StateStatus.Failed : StateStatus.Aborted;
            visit.Ended = Now;
        }
        else if (type.EndsWith("Succeeded", StringComparison.Ordinal))
        {
            visit.Error = null;
            visit.Cause = null;
            visit.IsFailing = false;
        }
        else if (type.EndsWith("Failed", StringComparison.Ordinal) || type.EndsWith("TimedOut", StringComparison.Ordinal))
        {
            visit.IsFailing = true;
            visit.Cause = happened.Cause ?? visit.Cause;
            visit.Error = (happened.Error ?? "An error without a name", new Failure("", happened.Cause).Message);
        }
        else if (type.EndsWith("Scheduled", StringComparison.Ordinal))
        {
            visit.IsFailing = false;
            for (var open = visit; open is { Ended: not null }; open = open.Scope.Owner) (open.Status, open.Ended) = (StateStatus.Running, null);
            return ++visit.Attempts > 1;
        }

        return false;
    }

    // What is still open when the run ends has failed or was given up.
    void End(VisitScope scope, in HistoryFact happened)
    {
        foreach (var visit in scope.Visits)
        {
            if (visit.Status == StateStatus.Running)
            {
                visit.Status = visit.Error is not null ? StateStatus.Failed : happened.Type switch
                {
                    "ExecutionSucceeded" => StateStatus.Done,
                    "ExecutionTimedOut" => StateStatus.TimedOut,
                    _ => StateStatus.Aborted,
                };
                visit.Ended ??= Now;
            }

            foreach (var inner in visit.Scopes) End(inner, happened);
        }
    }

    // A visit under way, in another branch or iteration of what holds a visit.
    static StateVisit? Beside(StateVisit? visit, string name)
    {
        if (visit?.Name == name && visit.Status == StateStatus.Running) return null;
        for (var owner = visit?.Scope.Owner; owner is not null; owner = owner.Scope.Owner)
        {
            if (Inside(owner, name) is { } found) return found;
        }

        return null;
    }

    static StateVisit? Inside(StateVisit owner, string name)
    {
        foreach (var scope in owner.Scopes)
        {
            foreach (var visit in scope.Visits)
            {
                if (visit.Name == name && visit.Status == StateStatus.Running) return visit;
                if (Inside(visit, name) is { } found) return found;
            }
        }

        return null;
    }

    // What a redrive schedules inside of a Parallel or a Map follows from the redrive, and names nothing but the state.
    static bool IsDoneAgain(StateVisit visit) => visit.Status is StateStatus.Failed or StateStatus.Aborted or StateStatus.TimedOut;

    static bool IsEndOfContainer(string type) =>
        type is "ParallelStateSucceeded" or "ParallelStateFailed" or "ParallelStateAborted" or "MapStateSucceeded" or "MapStateFailed" or "MapStateAborted";

    static StateVisit? Container(StateVisit? visit)
    {
        while (visit is { Scopes.Count: 0 }) visit = visit.Scope.Owner;
        return visit;
    }

    static StateVisit? Enclosing(StateVisit? visit, string name)
    {
        while (visit is not null && visit.Name != name) visit = visit.Scope.Owner;
        return visit;
    }
}
