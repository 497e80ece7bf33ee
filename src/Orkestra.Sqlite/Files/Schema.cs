using Orkestra.Hosting.Storage;

namespace Orkestra.Sqlite.Files;

/// <summary>The tables of the file, and how a file of an earlier version gets them. The version is SQLite's <c>user_version</c>.</summary>
internal static class Schema
{
    /// <summary>Says that a SQLite file is a store: "Orks".</summary>
    internal const int ApplicationId = 0x4F726B73;

    /// <summary>
    /// What leads from each version to the next. A step is never changed once it was released. Times are UTC ticks.
    /// </summary>
    static readonly string[] Steps =
    [
        // 1: executions. A commit is a row that names the one before it, so that rows are only ever added at the end. The row of an execution is as of its `head`; an
        // execution that works may have later commits, which are those after `settled` and are added to its row when the file is opened. `name` is null when it is what
        // follows the last colon of the ARN.
        """
        CREATE TABLE settled (commits INTEGER NOT NULL) STRICT;
        INSERT INTO settled VALUES (0);
        CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE map_runs (id INTEGER PRIMARY KEY, arn TEXT NOT NULL UNIQUE, parent TEXT NOT NULL) STRICT;
        CREATE INDEX map_runs_of_parent ON map_runs (parent);
        CREATE TABLE revisions (hash TEXT NOT NULL UNIQUE, checksum INTEGER NOT NULL, definition TEXT NOT NULL) STRICT;
        CREATE TABLE commits (
            id INTEGER PRIMARY KEY, execution INTEGER NOT NULL, sequence INTEGER NOT NULL, previous INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
        CREATE TABLE executions (
            id INTEGER PRIMARY KEY, arn_hash INTEGER NOT NULL, arn TEXT NOT NULL, name TEXT, machine INTEGER NOT NULL, version INTEGER NOT NULL,
            alias INTEGER NOT NULL, definition INTEGER NOT NULL, map_run INTEGER NOT NULL, map_run_redrives INTEGER NOT NULL, type INTEGER NOT NULL, start INTEGER NOT NULL, first INTEGER NOT NULL, first_sequence INTEGER NOT NULL,
            head INTEGER NOT NULL, sequence INTEGER NOT NULL, status INTEGER NOT NULL, redrives INTEGER NOT NULL, stop INTEGER, idle INTEGER NOT NULL, due INTEGER) STRICT;
        CREATE INDEX executions_by_arn ON executions (arn_hash);
        CREATE INDEX executions_by_machine ON executions (map_run, machine, status, start);
        CREATE INDEX executions_by_due ON executions (due) WHERE idle = 1 AND due IS NOT NULL;
        CREATE TABLE tokens (token TEXT PRIMARY KEY, execution INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX tokens_of_execution ON tokens (execution);
        """,
        // 2: the catalog of the service.
        """
        CREATE TABLE catalog (kind TEXT NOT NULL, key TEXT NOT NULL, checksum INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID;
        """,
        // 3: what steps log. `task` is what follows the ARN in the id of the attempt; `last` is the number of the last line, and `characters` the size of those that are kept.
        """
        CREATE TABLE step_logs (
            execution INTEGER NOT NULL, number INTEGER NOT NULL, time INTEGER NOT NULL, level INTEGER NOT NULL, entered INTEGER NOT NULL, attempt INTEGER NOT NULL,
            task TEXT NOT NULL, state TEXT NOT NULL, category TEXT NOT NULL, message TEXT NOT NULL, exception TEXT, PRIMARY KEY (execution, number)) STRICT, WITHOUT ROWID;
        CREATE TABLE step_log_sizes (execution INTEGER PRIMARY KEY, last INTEGER NOT NULL, characters INTEGER NOT NULL) STRICT;
        """,
        // 4: schedules and backfills. A status is the number of its enumeration.
        """
        CREATE TABLE schedules (
            name TEXT PRIMARY KEY, expression TEXT NOT NULL, since INTEGER NOT NULL, paused INTEGER NOT NULL, settled INTEGER NOT NULL, last_fire INTEGER,
            last_run TEXT) STRICT, WITHOUT ROWID;
        CREATE TABLE backfills (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, workflow TEXT NOT NULL, keys TEXT NOT NULL, policy TEXT NOT NULL, concurrency INTEGER NOT NULL, status INTEGER NOT NULL,
            created INTEGER NOT NULL, ended INTEGER) STRICT;
        CREATE TABLE backfill_items (
            backfill INTEGER NOT NULL, position INTEGER NOT NULL, key TEXT NOT NULL, run TEXT NOT NULL, earlier INTEGER NOT NULL, status INTEGER NOT NULL, problem TEXT,
            PRIMARY KEY (backfill, position)) STRICT, WITHOUT ROWID;
        """,
        // 5: an execution that has only worked since it started is in no index until its row is settled, so that most executions are written to the indexes once, and many
        // together. Such rows come after `settled.executions`, their status and stop time are in their last commit.
        """
        ALTER TABLE executions ADD COLUMN indexed INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE settled ADD COLUMN executions INTEGER NOT NULL DEFAULT 0;
        UPDATE settled SET executions = (SELECT ifnull(max(id), 0) FROM executions);
        DROP INDEX executions_by_arn;
        DROP INDEX executions_by_machine;
        CREATE INDEX executions_by_arn ON executions (arn_hash) WHERE indexed = 1;
        CREATE INDEX executions_by_machine ON executions (map_run, machine, status, start) WHERE indexed = 1;
        """,
    ];

    internal static int Newest => Steps.Length;

    /// <summary>Checks that a file can be read as it is.</summary>
    /// <exception cref="ExecutionStoreException">The file is something else, or has another version.</exception>
    internal static void CheckReadable(Database database, string path)
    {
        if (database.Number("PRAGMA application_id") != ApplicationId) throw new ExecutionStoreException($"'{path}' is not a store of Orkestra: it is a SQLite file of another program. Choose another path.");
        var version = database.Number("PRAGMA user_version");
        if (version == Newest) return;
        throw new ExecutionStoreException(version > Newest
            ? $"A newer version of Orkestra made the store '{path}': it has the schema {version}, and this version knows those up to {Newest}. Update the program."
            : $"The store '{path}' has the schema {version} of an earlier version, and this version reads the schema {Newest}. Open it once where it can be written.");
    }

    /// <summary>Brings a file to a version, one transaction for each step.</summary>
    /// <exception cref="ExecutionStoreException">The file is something else, or a later version made it.</exception>
    internal static void Migrate(Database database, int target)
    {
        var application = database.Number("PRAGMA application_id");
        var version = database.Number("PRAGMA user_version");
        var isEmpty = database.Number("SELECT count(*) FROM sqlite_schema") == 0;
        if (application != ApplicationId && !(isEmpty && application == 0 && version == 0))
            throw new ExecutionStoreException($"'{database.Path}' is not a store of Orkestra: it is a SQLite file of another program. Choose another path.");
        if (version > target)
        {
            throw new ExecutionStoreException(
                $"A newer version of Orkestra made the store '{database.Path}': it has the schema {version}, and this version knows those up to {target}. Update the program.");
        }

        if (version < 0 || (version == 0 && !isEmpty)) throw StoreFaults.Damaged(database.Path, $"its schema has the version {version}, but it has tables.");
        for (; version < target; version++)
        {
            database.Execute("BEGIN IMMEDIATE");
            try
            {
                database.Execute(Steps[version]);
                database.Execute($"PRAGMA application_id = {ApplicationId}");
                database.Execute($"PRAGMA user_version = {version + 1}");
                database.Execute("COMMIT");
            }
            catch
            {
                // The exception of the step is the one to see.
                SQLitePCL.raw.sqlite3_exec(database.Handle, "ROLLBACK");
                throw;
            }
        }
    }
}
