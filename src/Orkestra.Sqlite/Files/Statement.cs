using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Orkestra.Sqlite.Files;

/// <summary>A prepared statement. Parameters are numbered from 1, columns from 0.</summary>
internal sealed class Statement(Database database, sqlite3_stmt prepared) : IDisposable
{
    public void Dispose() => prepared.Dispose();

    internal Statement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(prepared, parameter, value));
        return this;
    }

    internal Statement Bind(int parameter, long? value)
    {
        if (value is { } number) return Bind(parameter, number);
        Check(raw.sqlite3_bind_null(prepared, parameter));
        return this;
    }

    internal Statement Bind(int parameter, string? text)
    {
        if (text is null)
        {
            Check(raw.sqlite3_bind_null(prepared, parameter));
            return this;
        }

        var length = Encoding.UTF8.GetByteCount(text);
        if (length <= 512)
        {
            Span<byte> bytes = stackalloc byte[512];
            Encoding.UTF8.GetBytes(text, bytes);
            Check(raw.sqlite3_bind_text(prepared, parameter, bytes[..length]));
            return this;
        }

        var rented = ArrayPool<byte>.Shared.Rent(length);
        Encoding.UTF8.GetBytes(text, rented);
        var code = raw.sqlite3_bind_text(prepared, parameter, rented.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(rented);
        Check(code);
        return this;
    }

    /// <summary>Binds a copy of the bytes; an empty span binds NULL.</summary>
    internal Statement Bind(int parameter, ReadOnlySpan<byte> bytes)
    {
        Check(bytes.IsEmpty ? raw.sqlite3_bind_null(prepared, parameter) : raw.sqlite3_bind_blob(prepared, parameter, bytes));
        return this;
    }

    /// <summary>Goes to the next row. After the last one, or an error, the statement can be used again.</summary>
    /// <returns>Whether there is a row.</returns>
    internal bool Step()
    {
        var code = raw.sqlite3_step(prepared);
        if (code == raw.SQLITE_ROW) return true;
        if (code == raw.SQLITE_DONE)
        {
            raw.sqlite3_reset(prepared);
            return false;
        }

        // Asked for before the reset, which forgets it.
        var fault = database.Fault(code);
        raw.sqlite3_reset(prepared);
        throw fault;
    }

    /// <summary>Carries the statement out; rows are dropped.</summary>
    internal void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>Ends reading before the last row.</summary>
    internal void Reset() => raw.sqlite3_reset(prepared);

    internal bool IsNull(int column) => raw.sqlite3_column_type(prepared, column) == raw.SQLITE_NULL;

    internal long Int64(int column) => raw.sqlite3_column_int64(prepared, column);

    internal long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    internal string Text(int column) => raw.sqlite3_column_text(prepared, column).utf8_to_string() ?? "";

    /// <summary>The bytes, valid until the next step.</summary>
    internal ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(prepared, column);

    void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw database.Fault(code);
    }
}
