using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Orkestra.Hosting.Objects;

/// <summary>The ETag of an object's content: its MD5 in quotes, as S3 gives it for objects uploaded in one part.</summary>
internal static class ObjectTag
{
    [SuppressMessage("Security", "CA5351", Justification = "S3 tags content by its MD5; nothing is protected by it.")]
    internal static string Of(ReadOnlySpan<byte> content) => $"\"{Convert.ToHexStringLower(MD5.HashData(content))}\"";
}
