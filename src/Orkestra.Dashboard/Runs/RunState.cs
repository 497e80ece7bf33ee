using Orkestra.Engine;
using Orkestra.Hosting;

namespace Orkestra.Dashboard.Runs;

/// <summary>An execution as a page shows it: a snapshot, and what its history says about the states.</summary>
internal sealed class RunState(ExecutionSnapshot snapshot, RunHistory history)
{
    internal ExecutionSnapshot Snapshot { get; } = snapshot;

    internal RunHistory History { get; } = history;

    internal IReadOnlyList<RunVisit> Visits => History.Visits;

    internal string Arn => Snapshot.Arn;

    internal string Name => Snapshot.Name;

    internal string MachineName => Snapshot.Start.Machine.Name;

    internal DateTimeOffset? StopTime => (Snapshot as ExecutionResult)?.StopTime;

    internal bool IsRunning => Snapshot.Status == ExecutionStatus.Running;

    /// <summary>The visit with an id; of a state the one that counts most, or the last one.</summary>
    internal RunVisit? Find(int? id, string? state)
    {
        if (id is not null) return Visits.FirstOrDefault(visit => visit.Id == id);
        if (state is null) return null;
        var ofState = Visits.Where(visit => visit.Name == state).ToList();
        return ofState.FindLast(visit => visit.Status == VisitStatus.Failed) ?? ofState.LastOrDefault();
    }

    /// <summary>How a state stands over all visits to it; null when it was not visited.</summary>
    internal StateSummary? Summary(string state)
    {
        var summary = default(StateSummary?);
        foreach (var visit in Visits)
        {
            if (visit.Name == state) summary = StateSummary.Of(visit, summary);
        }

        return summary;
    }
}

/// <summary>How a state stands over several visits.</summary>
/// <param name="Status">The one that counts most: a failure, then what is under way.</param>
/// <param name="Visits">How often it was visited.</param>
/// <param name="Retries">How many attempts were repetitions.</param>
internal readonly record struct StateSummary(VisitStatus Status, int Visits, int Retries)
{
    internal static StateSummary Of(RunVisit visit, StateSummary? before) => before is { } known
        ? new StateSummary((VisitStatus)Math.Max((int)known.Status, (int)visit.Status), known.Visits + 1, known.Retries + Math.Max(0, visit.Attempts.Count - 1))
        : new StateSummary(visit.Status, 1, Math.Max(0, visit.Attempts.Count - 1));

    /// <summary>All states of a history.</summary>
    internal static Dictionary<string, StateSummary> AllOf(RunHistory history)
    {
        var summaries = new Dictionary<string, StateSummary>(StringComparer.Ordinal);
        foreach (var visit in history.Visits) summaries[visit.Name] = Of(visit, summaries.TryGetValue(visit.Name, out var known) ? known : null);
        return summaries;
    }
}
