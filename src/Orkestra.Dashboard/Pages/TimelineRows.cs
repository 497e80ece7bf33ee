using Orkestra.Dashboard.Runs;

namespace Orkestra.Dashboard.Pages;

/// <summary>Which visits a timeline shows: all of a usual run; of a large one those that failed, and the first ones.</summary>
internal static class TimelineRows
{
    internal const int Most = 300;

    internal static IReadOnlyList<RunVisit> Of(RunState run)
    {
        if (run.Visits.Count <= Most) return run.Visits;
        var shown = new HashSet<RunVisit>();
        foreach (var visit in run.Visits.Where(visit => visit.Status is VisitStatus.Failed or VisitStatus.TimedOut).Take(Most / 3))
        {
            for (var one = visit; one is not null; one = one.Parent) shown.Add(one);
        }

        foreach (var visit in run.Visits.Where(visit => visit.Depth == 0).Concat(run.Visits))
        {
            if (shown.Count >= Most) break;
            shown.Add(visit);
        }

        return [.. run.Visits.Where(shown.Contains)];
    }

    internal static IEnumerable<DateTimeOffset> Moments(RunVisit visit, DateTimeOffset now)
    {
        yield return visit.Entered;
        yield return visit.Left ?? now;
        foreach (var attempt in visit.Attempts)
        {
            yield return attempt.Started;
            if (attempt.Ended is { } ended) yield return ended;
        }
    }
}
