using Orkestra.Asl.Maps;

namespace Orkestra.Hosting.Datasets;

/// <summary>
/// A format of the objects that item readers read, found by its <c>InputType</c>. JSON, JSONL and CSV are built in;
/// <see cref="DatasetOptions.Formats"/> adds others. Implementations must be safe to call from several threads.
/// </summary>
public interface IDatasetFormat
{
    /// <summary>The <c>InputType</c> it reads, such as <c>PARQUET</c>.</summary>
    string InputType { get; }

    /// <summary>Reads the items of an object one by one. The caller stops when it has enough, so read no further than asked.</summary>
    /// <param name="content">The object's content, decompressed; seekable when the object store's stream is and the object is not compressed. The caller disposes it.</param>
    /// <param name="config">The definition's <c>ReaderConfig</c>.</param>
    /// <param name="options">The limits to keep.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="DatasetException">The content is not of this format, or an item is beyond a limit.</exception>
    IAsyncEnumerable<DatasetItem> ReadAsync(Stream content, ReaderConfig config, DatasetOptions options, CancellationToken cancellationToken);
}
