using Orkestra.Hosting.StepLogs;
using Orkestra.Sqlite.Files;

namespace Orkestra.Sqlite.Writing;

/// <summary>What the thread that writes has: the tables of the file, on its connection.</summary>
internal sealed class StoreTables
{
    readonly Statement begin;
    readonly Statement commit;

    internal StoreTables(Database database, LiveExecutions live, StepLogLimits limits)
    {
        Database = database;
        begin = database.Prepare("BEGIN IMMEDIATE");
        commit = database.Prepare("COMMIT");
        Texts = new TextTable(database);
        Executions = new ExecutionTable(database, live, Texts);
        Documents = new DocumentTables(database);
        StepLogs = new StepLogTable(database, Executions, limits);
        Schedules = new ScheduleTable(database);
        Backfills = new BackfillTables(database);
        Deletions = new DeletionTables(database, Executions, StepLogs);
    }

    internal Database Database { get; }

    internal TextTable Texts { get; }

    internal ExecutionTable Executions { get; }

    internal DocumentTables Documents { get; }

    internal StepLogTable StepLogs { get; }

    internal ScheduleTable Schedules { get; }

    internal BackfillTables Backfills { get; }

    internal DeletionTables Deletions { get; }

    internal void Begin() => begin.Run();

    internal void Commit() => commit.Run();

    /// <summary>Undoes what was written since <see cref="Begin"/>. Some faults have done so already.</summary>
    internal void RollBack()
    {
        SQLitePCL.raw.sqlite3_exec(Database.Handle, "ROLLBACK");
        Texts.RolledBack();
        Executions.RolledBack();
    }
}
