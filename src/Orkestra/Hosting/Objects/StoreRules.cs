using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Orkestra.Hosting.Objects;

/// <summary>The ETag of an object's content: its MD5 in quotes, as Amazon S3 gives it for objects uploaded in one part.</summary>
[SuppressMessage("Security", "CA5351", Justification = "Amazon S3 tags content by its MD5; nothing is protected by it.")]
internal static class ObjectTag
{
    internal static string Of(ReadOnlySpan<byte> content) => Quoted(MD5.HashData(content));

    internal static async ValueTask<string> OfAsync(Stream content, CancellationToken cancellationToken) =>
        Quoted(await MD5.HashDataAsync(content, cancellationToken).ConfigureAwait(false));

    static string Quoted(byte[] hash) => $"\"{Convert.ToHexStringLower(hash)}\"";
}

/// <summary>The order of a listing: the UTF-8 bytes of the keys. It differs from the order of UTF-16 for characters beyond the basic plane.</summary>
internal sealed class KeyOrder : IComparer<string>
{
    internal static KeyOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        int at = 0, most = Math.Min(x!.Length, y!.Length);
        while (at < most && x[at] == y[at]) at++;
        if (at == most) return x.Length.CompareTo(y.Length);
        // A surrogate stands for a character beyond U+FFFF, so it comes after every other.
        return (char.IsSurrogate(x[at]), x[at]).CompareTo((char.IsSurrogate(y[at]), y[at]));
    }
}

internal static class ObjectVersions
{
    internal static ObjectStoreException NotKept(string bucket, string key, string versionId) =>
        new($"This object store keeps no versions, so it cannot read version '{versionId}' of '{key}' in the bucket '{bucket}'. Leave out VersionId, or use a store with versions.");
}
