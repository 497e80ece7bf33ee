namespace Orkestra.Sqlite;

/// <summary>What <see cref="SqliteExecutionStore.ImportAsync"/> did.</summary>
/// <param name="Imported">How many executions it added, child executions among them.</param>
/// <param name="Skipped">How many executions were there already, by their ARN. They stay as they are.</param>
public readonly record struct ImportSummary(int Imported, int Skipped)
{
    /// <summary>How many backfills it added. Those that were there already, by their id, stay as they are.</summary>
    public int Backfills { get; init; }
}
