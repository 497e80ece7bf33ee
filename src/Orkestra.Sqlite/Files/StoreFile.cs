using Microsoft.Data.Sqlite;
using Orkestra.Hosting.Storage;
using SQLitePCL;

namespace Orkestra.Sqlite.Files;

/// <summary>The file of a store: made on first use, locked, and opened so that a commit is on the disk when it ends.</summary>
internal sealed class StoreFile : IDisposable
{
    const int Full = 2;

    readonly FileLock fileLock;

    StoreFile(FileLock fileLock, Database writer, string path)
    {
        this.fileLock = fileLock;
        Writer = writer;
        Path = path;
    }

    internal string Path { get; }

    /// <summary>The connection that writes.</summary>
    internal Database Writer { get; }

    /// <exception cref="ExecutionStoreException">The file is in use, is not a store, is damaged, or cannot be written durably.</exception>
    internal static StoreFile Open(string path) => Open(path, Schema.Newest);

    internal static StoreFile Open(string path, int schema)
    {
        path = System.IO.Path.GetFullPath(path);
        MakeFolder(path);
        var fileLock = FileLock.Take(path);
        try
        {
            var writer = Database.Open(path, SqliteOpenMode.ReadWriteCreate);
            try
            {
                Prepare(writer);
                Schema.Migrate(writer, schema);
                return new StoreFile(fileLock, writer, path);
            }
            catch (SqliteException problem)
            {
                writer.Dispose();
                throw StoreFaults.OfOpening(path, problem);
            }
            catch
            {
                writer.Dispose();
                throw;
            }
        }
        catch
        {
            fileLock.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection that reads.</summary>
    internal Database OpenReader()
    {
        var reader = Database.Open(Path, SqliteOpenMode.ReadWrite);
        try
        {
            reader.Execute("PRAGMA query_only = 1; PRAGMA busy_timeout = 5000; PRAGMA temp_store = MEMORY");
            reader.AddOrdinalCollation();
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Writer.Dispose();
        fileLock.Dispose();
    }

    static void MakeFolder(string path)
    {
        try
        {
            if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ExecutionStoreException($"The folder of the store '{path}' cannot be made: {problem.Message}", problem);
        }
    }

    static void Prepare(Database writer)
    {
        if (raw.sqlite3_db_readonly(writer.Handle, "main") == 1)
            throw new ExecutionStoreException($"The store '{writer.Path}' cannot be written: the file, its folder or its disk is read-only. Allow writing to it.");
        writer.Execute("PRAGMA busy_timeout = 5000");
        // Looked at before anything is changed: a file of another program stays as it is.
        _ = writer.Number("PRAGMA user_version");
        if (writer.Number("SELECT count(*) FROM sqlite_schema") > 0 && writer.Number("PRAGMA application_id") != Schema.ApplicationId)
            throw new ExecutionStoreException($"'{writer.Path}' is not a store of Orkestra: it is a SQLite file of another program. Choose another path.");
        var mode = writer.Text("PRAGMA journal_mode = WAL");
        if (mode != "wal")
        {
            throw new ExecutionStoreException(
                $"The store '{writer.Path}' needs SQLite's write-ahead log, but the file system of its folder does not allow it (journal_mode is '{mode}'). Choose a folder on a local disk.");
        }

        // With NORMAL a commit could be lost when the machine fails. fullfsync is for macOS, where a sync alone does not reach the disk.
        writer.Execute("PRAGMA synchronous = FULL; PRAGMA fullfsync = 1; PRAGMA checkpoint_fullfsync = 1");
        if (writer.Number("PRAGMA synchronous") is var synchronous && synchronous != Full)
        {
            throw new ExecutionStoreException(
                $"The store '{writer.Path}' cannot promise that a commit is on the disk: SQLite's 'synchronous' is {synchronous} after it was set to FULL ({Full}). Use a build of SQLite that allows it.");
        }

        // The thread that writes moves the log into the file itself, after those who wait for a commit have their answer.
        writer.Execute("PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY");
    }
}
