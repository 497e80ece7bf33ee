using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orkestra.Sqlite.Files;

/// <summary>
/// A connection to the file. Only one thread at a time may use it: it is opened without SQLite's own lock, which a <see cref="SqliteConnection"/> takes for every bound value.
/// </summary>
internal sealed class Database : IDisposable
{
    readonly List<Statement> statements = [];

    static Database() => Batteries_V2.Init();

    Database(sqlite3 handle, string path)
    {
        Handle = handle;
        Path = path;
    }

    internal string Path { get; }

    internal sqlite3 Handle { get; }

    /// <summary>Opens the file.</summary>
    /// <param name="path">The full path, or a URI of it.</param>
    /// <param name="mode">Whether the file is made when it does not exist, and whether it may be written.</param>
    /// <exception cref="Orkestra.Hosting.Storage.ExecutionStoreException">The file cannot be opened.</exception>
    internal static Database Open(string path, SqliteOpenMode mode)
    {
        var flags = raw.SQLITE_OPEN_NOMUTEX | mode switch
        {
            SqliteOpenMode.ReadOnly => raw.SQLITE_OPEN_READONLY,
            SqliteOpenMode.ReadWrite => raw.SQLITE_OPEN_READWRITE,
            _ => raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE,
        };
        if (path.StartsWith("file:", StringComparison.Ordinal)) flags |= raw.SQLITE_OPEN_URI;
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        try
        {
            SqliteException.ThrowExceptionForRC(code, handle);
            return new Database(handle, path);
        }
        catch (SqliteException problem)
        {
            handle.Dispose();
            throw StoreFaults.OfOpening(path, problem);
        }
    }

    public void Dispose()
    {
        foreach (var statement in statements) statement.Dispose();
        statements.Clear();
        Handle.Dispose();
    }

    /// <summary>A statement that lives as long as the connection.</summary>
    internal Statement Prepare(string sql)
    {
        var statement = PrepareOnce(sql);
        statements.Add(statement);
        return statement;
    }

    /// <summary>A statement that the caller disposes.</summary>
    internal Statement PrepareOnce(string sql)
    {
        var code = raw.sqlite3_prepare_v2(Handle, sql, out var prepared);
        return code == raw.SQLITE_OK ? new Statement(this, prepared) : throw Fault(code);
    }

    internal void Execute(string sql)
    {
        var code = raw.sqlite3_exec(Handle, sql);
        if (code != raw.SQLITE_OK) throw Fault(code);
    }

    /// <summary>The number a statement gives, such as a pragma.</summary>
    internal long Number(string sql) => Read(sql, static statement => statement.Int64(0));

    /// <summary>The text a statement gives, such as a pragma.</summary>
    internal string Text(string sql) => Read(sql, static statement => statement.Text(0));

    /// <summary>Has texts ordered and compared by UTF-16 code units, under the name <c>ordinal</c>.</summary>
    internal void AddOrdinalCollation() => raw.sqlite3_create_collation(Handle, "ordinal", null, static (_, left, right) => string.CompareOrdinal(left, right));

    /// <summary>The exception of a result code.</summary>
    internal Exception Fault(int code)
    {
        var extended = raw.sqlite3_extended_errcode(Handle);
        return StoreFaults.Of(Path, code, (extended & 0xFF) == (code & 0xFF) ? extended : code, raw.sqlite3_errmsg(Handle).utf8_to_string());
    }

    T Read<T>(string sql, Func<Statement, T> read)
    {
        using var statement = PrepareOnce(sql);
        return statement.Step() ? read(statement) : throw StoreFaults.Damaged(Path, $"'{sql}' gives nothing.");
    }
}
