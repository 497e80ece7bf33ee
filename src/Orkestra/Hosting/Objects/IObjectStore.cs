namespace Orkestra.Hosting.Objects;

/// <summary>
/// Where distributed Maps read their items and write their results: named buckets of objects, as in Amazon S3. Implementations must be safe to
/// call from several threads.
/// </summary>
/// <remarks>
/// A store reports what it cannot do with any exception: the Map that needed it fails with <c>States.ItemReaderFailed</c> or
/// <c>States.ResultWriterFailed</c>. The cause names the bucket, the key and the exception; the message of an <see cref="ObjectStoreException"/>
/// is the cause itself.
/// </remarks>
public interface IObjectStore
{
    /// <summary>Opens an object for reading.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="versionId">The version to read; null for the newest.</param>
    /// <param name="cancellationToken">Cancels the call and the reads of the stream it returns.</param>
    /// <returns>The content, which the caller disposes; null when there is no such bucket, object or version. A seekable stream saves a copy of formats that are read from their end, such as Parquet.</returns>
    ValueTask<Stream?> OpenAsync(string bucket, string key, string? versionId, CancellationToken cancellationToken);

    /// <summary>Lists objects in the order of the UTF-8 bytes of their keys. The caller stops when it has enough, so load further pages only when they are asked for.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="prefix">What the keys start with; empty for all.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <exception cref="ObjectStoreException">The bucket does not exist.</exception>
    IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, CancellationToken cancellationToken);

    /// <summary>Writes an object, replacing one with the same key. A reader sees the old content or the new one, never a part.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="content">The content.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);
}
