namespace Orkestra.Hosting.Objects;

/// <summary>
/// Where distributed maps read their items from and write their results to: named buckets of objects, as Amazon S3 has them. Implementations
/// are safe to call from several threads.
/// </summary>
public interface IObjectStore
{
    /// <summary>Reads an object.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The content, or null when there is no such bucket or object.</returns>
    ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string bucket, string key, CancellationToken cancellationToken);

    /// <summary>Lists objects in the order of their keys' UTF-8 bytes.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="prefix">What the keys start with; empty for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The objects, or null when there is no such bucket.</returns>
    ValueTask<IReadOnlyList<StoredObject>?> ListAsync(string bucket, string prefix, CancellationToken cancellationToken);

    /// <summary>Writes an object, replacing one with the same key.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="content">The content.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    ValueTask WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);
}
