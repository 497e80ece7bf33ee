namespace Orkestra.Sqlite;

/// <summary>What <see cref="SqliteExecutionStore.PruneAsync"/> deleted.</summary>
/// <param name="Executions">How many executions.</param>
/// <param name="ChildExecutions">How many child executions of their Map Runs.</param>
public readonly record struct PruneSummary(int Executions, int ChildExecutions)
{
    /// <summary>How many backfills.</summary>
    public int Backfills { get; init; }
}
