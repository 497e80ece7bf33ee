namespace Orkestra.Hosting.Objects;

/// <summary>What a listing says about an object.</summary>
/// <param name="Key">The key.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="LastModified">When it was written.</param>
/// <param name="ETag">A tag of its content, in quotes as in Amazon S3.</param>
public sealed record StoredObject(string Key, long Size, DateTimeOffset LastModified, string ETag);
