using System.Collections.Concurrent;
using System.Text;

namespace Orkestra.Hosting.Objects;

/// <summary>An <see cref="IObjectStore"/> that keeps its objects in memory.</summary>
/// <param name="time">Gives objects their time of writing; the system's clock when null.</param>
public sealed class MemoryObjectStore(TimeProvider? time = null) : IObjectStore
{
    readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Entry>> buckets = new(StringComparer.Ordinal);
    readonly TimeProvider time = time ?? TimeProvider.System;

    /// <summary>Writes a text as UTF-8.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="text">The content.</param>
    public void Write(string bucket, string key, string text) => Write(bucket, key, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes an object.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="content">The content, copied.</param>
    public void Write(string bucket, string key, ReadOnlyMemory<byte> content) =>
        buckets.GetOrAdd(bucket, _ => new ConcurrentDictionary<string, Entry>(StringComparer.Ordinal))[key] = new Entry(content.ToArray(), time.GetUtcNow());

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string bucket, string key, CancellationToken cancellationToken) =>
        new(buckets.TryGetValue(bucket, out var objects) && objects.TryGetValue(key, out var entry) ? entry.Content : (ReadOnlyMemory<byte>?)null);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredObject>?> ListAsync(string bucket, string prefix, CancellationToken cancellationToken)
    {
        if (!buckets.TryGetValue(bucket, out var objects)) return new((IReadOnlyList<StoredObject>?)null);
        return new([.. objects
            .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new StoredObject(entry.Key, entry.Value.Content.Length, entry.Value.Written, ObjectTag.Of(entry.Value.Content)))]);
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Write(bucket, key, content);
        return ValueTask.CompletedTask;
    }

    sealed record Entry(byte[] Content, DateTimeOffset Written);
}
