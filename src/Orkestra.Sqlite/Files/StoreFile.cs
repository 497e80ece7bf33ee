using Microsoft.Data.Sqlite;
using Orkestra.Hosting.Storage;
using SQLitePCL;

namespace Orkestra.Sqlite.Files;

/// <summary>The file of a store: made on first use, locked, and opened so that a commit is on the disk when it ends.</summary>
internal sealed class StoreFile : IDisposable
{
    const int Full = 2;

    readonly FileLock? fileLock;
    readonly Database? writer;

    // Where readers find a file that is only read.
    readonly string? readOnlySource;

    StoreFile(FileLock? fileLock, Database? writer, string? readOnlySource, string path)
    {
        this.fileLock = fileLock;
        this.writer = writer;
        this.readOnlySource = readOnlySource;
        Path = path;
    }

    internal string Path { get; }

    /// <summary>The connection that writes.</summary>
    internal Database Writer => writer ?? throw new InvalidOperationException("The file is only read.");

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
                return new StoreFile(fileLock, writer, null, path);
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

    /// <summary>Opens a file to be read only. Nothing is made or changed, so that it may be on a disk that cannot be written.</summary>
    /// <exception cref="ExecutionStoreException">There is no such file, it is not a store, or it has another version.</exception>
    internal static StoreFile OpenReadOnly(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        if (!File.Exists(path)) throw new ExecutionStoreException($"There is no store '{path}'.");
        // SQLite reads a file with a write-ahead log only where it can make its files beside it, unless it is told that no one changes the file.
        foreach (var source in (string[])[path, $"{new Uri(path).AbsoluteUri}?immutable=1"])
        {
            try
            {
                using var database = Database.Open(source, SqliteOpenMode.ReadOnly);
                Schema.CheckReadable(database, path);
                return new StoreFile(null, null, source, path);
            }
            catch (Exception problem) when (source == path && (problem as SqliteException ?? problem.InnerException as SqliteException) is { SqliteErrorCode: raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY })
            {
                // The folder cannot be written.
            }
            catch (SqliteException problem)
            {
                throw StoreFaults.OfOpening(path, problem);
            }
        }

        throw new ExecutionStoreException($"The store '{path}' cannot be read. Check the permissions of the file.");
    }

    /// <summary>Opens a connection that reads.</summary>
    internal Database OpenReader()
    {
        var reader = readOnlySource is null ? Database.Open(Path, SqliteOpenMode.ReadWrite) : Database.Open(readOnlySource, SqliteOpenMode.ReadOnly);
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
        writer?.Dispose();
        fileLock?.Dispose();
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

        // The thread that writes moves the log into the file itself, after those who wait for a commit have their answer. SQLite looks through its whole cache in most commits
        // that split a page of an index, so that a larger cache costs more than it saves.
        writer.Execute("PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY");
    }
}
