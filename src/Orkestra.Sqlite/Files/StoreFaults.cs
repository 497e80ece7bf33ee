using Microsoft.Data.Sqlite;
using Orkestra.Hosting.Storage;
using SQLitePCL;

namespace Orkestra.Sqlite.Files;

/// <summary>
/// Tells faults that may pass from those that do not: the runtime repeats a call after the former, which are SQLite's own exceptions, and not after the latter, which are
/// <see cref="ExecutionStoreException"/>.
/// </summary>
internal static class StoreFaults
{
    internal static Exception Of(string path, int code, int extended, string message)
    {
        var inner = new SqliteException($"SQLite error {extended} on '{path}': {message}.", code & 0xFF, extended);
        return (code & 0xFF) switch
        {
            raw.SQLITE_CORRUPT => Damaged(path, $"{message}.", inner),
            raw.SQLITE_NOTADB => NoDatabase(path, inner),
            raw.SQLITE_READONLY => new ExecutionStoreException($"The store '{path}' cannot be written: the file, its folder or its disk is read-only. Allow writing, and restart the program.", inner),
            raw.SQLITE_IOERR when IsUnconfirmed(extended) => new ExecutionStoreException(
                $"The disk of the store '{path}' did not confirm that it has what was written. Check the disk, and restart the program: what it has then counts.", inner),
            _ => inner,
        };
    }

    /// <summary>Whether it is unknown after an exception what the disk has.</summary>
    internal static bool IsUnconfirmed(Exception problem) => problem is ExecutionStoreException { InnerException: SqliteException inner } && IsUnconfirmed(inner.SqliteExtendedErrorCode);

    internal static ExecutionStoreException Damaged(string path, string details, Exception? inner = null) =>
        new($"The store '{path}' is damaged: {details} Restore the file from a backup.", inner);

    internal static ExecutionStoreException OfOpening(string path, SqliteException problem) => (problem.SqliteErrorCode & 0xFF) switch
    {
        raw.SQLITE_NOTADB => NoDatabase(path, problem),
        raw.SQLITE_CORRUPT => Damaged(path, $"{problem.Message}", problem),
        _ => new($"The store '{path}' cannot be opened: {problem.Message} Check the path and the permissions of the folder.", problem),
    };

    static ExecutionStoreException NoDatabase(string path, Exception inner) =>
        new($"'{path}' is not a store of Orkestra: it is not a SQLite file, or its first page is damaged. Choose another path, or restore the file from a backup.", inner);

    static bool IsUnconfirmed(int extended) => extended is raw.SQLITE_IOERR_FSYNC or raw.SQLITE_IOERR_DIR_FSYNC;
}
