namespace Orkestra.Sqlite;

/// <summary>Which executions and backfills <see cref="SqliteExecutionStore.PruneAsync"/> keeps. Those that have not ended are always kept.</summary>
public sealed record RetentionPolicy
{
    /// <summary>For how long an execution or a backfill is kept after it ended; null (the default) for no limit.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>How many executions that ended are kept, those that ended last, and how many backfills; null (the default) for no limit. Child executions of Map Runs do not count.</summary>
    public int? MaxCount { get; init; }

    /// <summary>The clock that ages are counted by; the system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
