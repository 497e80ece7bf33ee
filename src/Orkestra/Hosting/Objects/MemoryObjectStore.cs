using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;

namespace Orkestra.Hosting.Objects;

/// <summary>An <see cref="IObjectStore"/> that keeps its objects in memory, one version each. Safe to use from several threads.</summary>
/// <param name="time">Gives objects the time they were written; the system's clock when null.</param>
public sealed class MemoryObjectStore(TimeProvider? time = null) : IObjectStore
{
    readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Entry>> buckets = new(StringComparer.Ordinal);
    readonly TimeProvider time = time ?? TimeProvider.System;

    /// <summary>Writes text as UTF-8.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="text">The content.</param>
    public void Write(string bucket, string key, string text) => Write(bucket, key, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes an object.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="content">The content, which is copied.</param>
    public void Write(string bucket, string key, ReadOnlyMemory<byte> content) =>
        buckets.GetOrAdd(bucket, _ => new ConcurrentDictionary<string, Entry>(StringComparer.Ordinal))[key] = new Entry(content.ToArray(), time.GetUtcNow());

    /// <inheritdoc/>
    /// <exception cref="ObjectStoreException">A version is asked for, which this store does not keep.</exception>
    public ValueTask<Stream?> OpenAsync(string bucket, string key, string? versionId, CancellationToken cancellationToken)
    {
        if (versionId is not null) throw ObjectVersions.NotKept(bucket, key, versionId);
        return new(buckets.TryGetValue(bucket, out var objects) && objects.TryGetValue(key, out var entry) ? new MemoryStream(entry.Content, writable: false) : null);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!buckets.TryGetValue(bucket, out var objects)) throw new ObjectStoreException($"The specified bucket does not exist: '{bucket}'.");
        foreach (var (key, entry) in objects.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(entry => entry.Key, KeyOrder.Instance))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new StoredObject(key, entry.Content.Length, entry.Written, ObjectTag.Of(entry.Content));
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Write(bucket, key, content);
        return ValueTask.CompletedTask;
    }

    sealed record Entry(byte[] Content, DateTimeOffset Written);
}
