using System.Text.Json.Serialization;

namespace Orkestra.Authoring.Datasets;

/// <summary>An object of a bucket, as a listing has it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="LastModified">When it was changed last, in seconds since 1970.</param>
/// <param name="ETag">Its entity tag.</param>
/// <param name="StorageClass">Its storage class.</param>
public sealed record ListedObject(
    [property: JsonPropertyName("Key")] string Key,
    [property: JsonPropertyName("Size")] long Size,
    [property: JsonPropertyName("LastModified")] long LastModified = 0,
    [property: JsonPropertyName("Etag")] string? ETag = null,
    [property: JsonPropertyName("StorageClass")] string? StorageClass = null);
