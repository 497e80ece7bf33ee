using System.Runtime.CompilerServices;

namespace Orkestra.Hosting.Objects;

/// <summary>
/// An <see cref="IObjectStore"/> over a local folder: each folder in it is a bucket, each file below is an object whose key is its path with <c>/</c>.
/// It never leaves the folder: keys such as <c>../x</c> are refused and symbolic links are not followed. Safe to use from several threads.
/// </summary>
/// <param name="root">The folder of the buckets. It is created by the first write.</param>
public sealed class FolderObjectStore(string root) : IObjectStore
{
    // No bucket: names of buckets begin with a letter or a digit.
    const string Unfinished = ".unfinished";

    static readonly char[] Forbidden = [.. Path.GetInvalidFileNameChars().Append('/').Append('\\').Distinct()];

    // A backslash is a part of a name on Unix, where it parts nothing.
    static readonly char[] ForbiddenInKeys = OperatingSystem.IsWindows() ? Forbidden : ['\0'];

    static readonly EnumerationOptions AllFiles = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    readonly string root = Path.GetFullPath(root);

    /// <inheritdoc/>
    /// <exception cref="ObjectStoreException">The bucket or the key cannot be a path below the folder, or a version is asked for, which this store does not keep.</exception>
    public ValueTask<Stream?> OpenAsync(string bucket, string key, string? versionId, CancellationToken cancellationToken)
    {
        var path = PathOf(bucket, key);
        if (versionId is not null) throw ObjectVersions.NotKept(bucket, key, versionId);
        if (!File.Exists(path)) return new((Stream?)null);
        return new(Open(path));
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectStoreException">The bucket does not exist, or cannot be a folder below the root.</exception>
    public async IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = FolderOf(bucket);
        if (!Directory.Exists(folder)) throw new ObjectStoreException($"The specified bucket does not exist: '{bucket}'.");
        var keys = new List<string>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", AllFiles))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var key = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            if (key.StartsWith(prefix, StringComparison.Ordinal)) keys.Add(key);
        }

        keys.Sort(KeyOrder.Instance);
        foreach (var key in keys)
        {
            var file = new FileInfo(Path.Combine(folder, key));
            // Removed since.
            if (!file.Exists) continue;
            var content = Open(file.FullName);
            string tag;
            await using (content.ConfigureAwait(false)) tag = await ObjectTag.OfAsync(content, cancellationToken).ConfigureAwait(false);
            yield return new StoredObject(key, file.Length, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero), tag);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectStoreException">The bucket or the key cannot be a path below the folder.</exception>
    public async ValueTask WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var path = PathOf(bucket, key);
        var unfinished = Path.Combine(root, Unfinished);
        Directory.CreateDirectory(unfinished);
        unfinished = Path.Combine(unfinished, Guid.NewGuid().ToString("N"));
        try
        {
            await File.WriteAllBytesAsync(unfinished, content, cancellationToken).ConfigureAwait(false);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);

    string FolderOf(string bucket)
    {
        if (string.IsNullOrEmpty(bucket) || bucket[0] == '.' || bucket.AsSpan().ContainsAny(Forbidden))
            throw new ObjectStoreException($"'{bucket}' cannot be a bucket of the folder '{root}': use a name without '/', '\\' and a leading '.'.");
        var folder = Path.Combine(root, bucket);
        RefuseLink(new DirectoryInfo(folder), bucket, "");
        return folder;
    }

    string PathOf(string bucket, string key)
    {
        var path = FolderOf(bucket);
        var parts = key.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] is "" or "." or ".." || parts[i].AsSpan().ContainsAny(ForbiddenInKeys))
                throw new ObjectStoreException($"'{key}' cannot be the key of a file in the bucket '{bucket}': it leads out of the folder, or has an empty or forbidden name in it.");
            path = Path.Combine(path, parts[i]);
            RefuseLink(i < parts.Length - 1 ? new DirectoryInfo(path) : new FileInfo(path), bucket, key);
        }

        return path;
    }

    static void RefuseLink(FileSystemInfo entry, string bucket, string key)
    {
        if (entry.Exists && entry.LinkTarget is not null)
            throw new ObjectStoreException($"The object '{key}' of the bucket '{bucket}' is behind a symbolic link, which this store does not follow.");
    }
}
