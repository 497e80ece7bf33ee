namespace Orkestra.Hosting.Datasets;

/// <summary>
/// A compression of the objects that item readers read, found by the first bytes of an object. Gzip is built in;
/// <see cref="DatasetOptions.Compressions"/> adds others. Implementations must be safe to call from several threads.
/// </summary>
public interface IDatasetCompression
{
    /// <summary>The bytes that a compressed object begins with; at most eight.</summary>
    ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Decompresses a stream while it is read.</summary>
    /// <param name="compressed">The compressed content, from its first byte. Disposing the result disposes it.</param>
    Stream Decompress(Stream compressed);
}
