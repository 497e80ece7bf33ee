using System.Text;

namespace Orkestra.Hosting.Objects;

/// <summary>An <see cref="IObjectStore"/> over a local folder: each folder in it is a bucket, each file below is an object whose key is its path with <c>/</c>.</summary>
/// <param name="root">The folder of the buckets. It need not exist before something is written.</param>
public sealed class FolderObjectStore(string root) : IObjectStore
{
    readonly string root = Path.GetFullPath(root);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The bucket or the key leads out of the folder.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        var path = PathOf(bucket, key);
        return File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false) : (ReadOnlyMemory<byte>?)null;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The bucket leads out of the folder.</exception>
    public async ValueTask<IReadOnlyList<StoredObject>?> ListAsync(string bucket, string prefix, CancellationToken cancellationToken)
    {
        var folder = PathOf(bucket, "");
        if (!Directory.Exists(folder)) return null;
        var found = new List<StoredObject>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var key = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            if (!key.StartsWith(prefix, StringComparison.Ordinal)) continue;
            var file = new FileInfo(path);
            var content = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            found.Add(new StoredObject(key, file.Length, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero), ObjectTag.Of(content)));
        }

        found.Sort((left, right) => Encoding.UTF8.GetBytes(left.Key).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right.Key)));
        return found;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The bucket or the key leads out of the folder.</exception>
    public async ValueTask WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var path = PathOf(bucket, key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, content, cancellationToken).ConfigureAwait(false);
    }

    string PathOf(string bucket, string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucket);
        var folder = Path.GetFullPath(Path.Combine(root, bucket));
        var path = Path.GetFullPath(Path.Combine(folder, key));
        if (!IsInside(root, folder) || !(key.Length == 0 ? path.StartsWith(folder, StringComparison.Ordinal) : IsInside(folder, path)))
            throw new ArgumentException($"The object '{key}' of the bucket '{bucket}' leads out of the folder '{root}'.");
        return path;
    }

    static bool IsInside(string folder, string path) =>
        path.StartsWith(folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
