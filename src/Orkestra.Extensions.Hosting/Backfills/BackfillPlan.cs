using Orkestra.Hosting.Storage;

namespace Orkestra.Extensions.Hosting.Backfills;

/// <summary>What a backfill would do. Nothing is started or stored yet. Immutable.</summary>
public sealed record BackfillPlan
{
    internal BackfillPlan(string workflow, BackfillOptions options, IReadOnlyList<BackfillEntry> entries) => (Workflow, Options, Entries) = (workflow, options, entries);

    /// <summary>The name of the workflow.</summary>
    public string Workflow { get; }

    /// <summary>How it is done.</summary>
    public BackfillOptions Options { get; }

    /// <summary>The keys, in the order in which they are run. None is there twice.</summary>
    public IReadOnlyList<BackfillEntry> Entries { get; }

    /// <summary>How many runs are started.</summary>
    public int Runs => Entries.Count(entry => entry.IsRun);

    /// <summary>How many of them are reruns: their key has a run already.</summary>
    public int Reruns => Entries.Count(entry => entry.IsRun && entry.EarlierRuns > 0);
}

/// <summary>A key of a plan. Immutable.</summary>
/// <param name="Key">The key as text.</param>
/// <param name="RunName">The name of the run: the one that is started, or the existing one when none is.</param>
/// <param name="Existing">The newest run of the key; null if it has no run.</param>
/// <param name="EarlierRuns">How many runs the key has.</param>
/// <param name="IsRun">Whether a run is started.</param>
public sealed record BackfillEntry(string Key, string RunName, ExecutionRecord? Existing, int EarlierRuns, bool IsRun);
