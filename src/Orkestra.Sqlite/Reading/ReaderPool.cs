using System.Collections.Concurrent;
using Orkestra.Sqlite.Files;
using Orkestra.Sqlite.Writing;

namespace Orkestra.Sqlite.Reading;

/// <summary>Connections that read, made when all others are in use. Safe to use from any thread.</summary>
internal sealed class ReaderPool(StoreFile file, LiveExecutions? live) : IDisposable
{
    /// <summary>How many connections stay open.</summary>
    const int Kept = 8;

    readonly ConcurrentBag<StoreReader> free = [];
    volatile bool isClosed;

    internal T Read<T>(Func<StoreReader, T> read)
    {
        if (isClosed) throw new Hosting.Storage.ExecutionStoreException($"The store '{file.Path}' is closed.");
        if (!free.TryTake(out var reader)) reader = new StoreReader(file.OpenReader(), live);
        try
        {
            var result = read(reader);
            if (isClosed || free.Count >= Kept) reader.Dispose();
            else free.Add(reader);
            return result;
        }
        catch
        {
            // A statement of it may not have come to its end, and would go on showing the same moment.
            reader.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        isClosed = true;
        while (free.TryTake(out var reader)) reader.Dispose();
    }
}
