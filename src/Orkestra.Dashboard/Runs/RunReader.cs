using System.Collections.Concurrent;
using Orkestra.Engine;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Runs;

/// <summary>
/// Reads executions for pages. What was read of a history is kept for a while. Safe to use
/// from any thread.
/// </summary>
internal sealed class RunReader(OrkestraRuntime runtime)
{
    const int MostHistories = 24;
    const int MostSummaries = 5_000;

    readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, (int Events, Dictionary<string, StateSummary> States)> summaries = new(StringComparer.Ordinal);
    long uses;

    /// <summary>Finds an execution; null if it does not exist.</summary>
    internal async Task<RunState?> FindAsync(string arn, CancellationToken cancellationToken)
    {
        if (await runtime.FindAsync(arn, cancellationToken).ConfigureAwait(false) is not { } snapshot) return null;
        // A deleted execution's name can be used again.
        var count = snapshot.History.Count;
        if (!entries.TryGetValue(arn, out var entry) || entry.StartTime != snapshot.StartTime || entry.History.Count != count)
        {
            // A new one, because others may still read that of before.
            var history = new RunHistory();
            var events = snapshot.History.FirstKept == 0
                ? snapshot.History
                : (IEnumerable<HistoryEvent>)await runtime.ReadHistoryAsync(arn, new HistoryRange(1, count), cancellationToken).ConfigureAwait(false);
            foreach (var happened in events) history.Add(happened);
            entries[arn] = entry = new Entry(snapshot.StartTime, history);
        }

        entry.LastUse = Interlocked.Increment(ref uses);
        while (entries.Count > MostHistories) entries.TryRemove(entries.MinBy(pair => pair.Value.LastUse));
        return new RunState(snapshot, entry.History);
    }

    /// <summary>How the states of an execution stand.</summary>
    internal async Task<Dictionary<string, StateSummary>> SummarizeAsync(ExecutionRecord record, CancellationToken cancellationToken)
    {
        if (record.Status != ExecutionStatus.Running && summaries.TryGetValue(record.Arn, out var known) && known.Events == record.HistoryCount) return known.States;
        Dictionary<string, StateSummary> states;
        try
        {
            states = await FindAsync(record.Arn, cancellationToken).ConfigureAwait(false) is { } run ? StateSummary.AllOf(run.History) : [];
        }
        catch (Exception problem) when (problem is ExecutionReplayException or FormatException)
        {
            // Its definition is gone: the run is still listed.
            states = [];
        }

        if (record.Status == ExecutionStatus.Running) return states;
        if (summaries.Count >= MostSummaries) summaries.Clear();
        summaries[record.Arn] = (record.HistoryCount, states);
        return states;
    }

    sealed class Entry(DateTimeOffset startTime, RunHistory history)
    {
        internal DateTimeOffset StartTime { get; } = startTime;

        internal RunHistory History { get; } = history;

        internal long LastUse { get; set; }
    }
}
