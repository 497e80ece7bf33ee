namespace Orkestra.Extensions.Hosting.Backfills;

/// <summary>How a backfill is done.</summary>
public sealed record BackfillOptions
{
    /// <summary>The largest <see cref="Concurrency"/>.</summary>
    public const int MaxConcurrency = 1_000;

    /// <summary>Which keys are run; those without a run by default.</summary>
    public BackfillPolicy Policy { get; init; }

    /// <summary>In which order; as the keys are given by default.</summary>
    public BackfillOrder Order { get; init; }

    /// <summary>How many runs are under way at the same time, 1 to 1,000; 4 by default.</summary>
    public int Concurrency { get; init; } = 4;
}

/// <summary>Which keys of a backfill are run. A key whose run is under way is left alone in any case.</summary>
public enum BackfillPolicy
{
    /// <summary>Keys without a run.</summary>
    Missing,

    /// <summary>Keys without a run, and those whose newest run failed, timed out or was stopped.</summary>
    MissingAndFailed,

    /// <summary>All keys.</summary>
    All,
}

/// <summary>In which order the keys of a backfill are run.</summary>
public enum BackfillOrder
{
    /// <summary>As they are given: a range of days from the first on.</summary>
    Forward,

    /// <summary>The other way: a range of days from the last on.</summary>
    Backward,
}
