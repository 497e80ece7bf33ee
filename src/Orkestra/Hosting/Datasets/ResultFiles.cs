using System.Buffers;
using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Datasets;

/// <summary>
/// What a ResultWriter exports (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html): a manifest, and for each final status files
/// of at most 5 GB with the results.
/// </summary>
internal static class ResultFiles
{
    static readonly string[] Statuses = ["SUCCEEDED", "FAILED", "PENDING"];

    /// <summary>The key of the manifest, which the Map's output names.</summary>
    internal static string ManifestKey(string? prefix, string mapRunId) => $"{Folder(prefix, mapRunId)}manifest.json";

    /// <summary>The files with their keys, the manifest first.</summary>
    internal static List<(string Key, ReadOnlyMemory<byte> Content)> Create(
        string bucket, string? prefix, string mapRunArn, string mapRunId, IReadOnlyList<ChildResult> children, WriterConfig? config)
    {
        var folder = Folder(prefix, mapRunId);
        var lines = config?.OutputType == "JSONL";
        var files = new List<(string Key, ReadOnlyMemory<byte> Content)>();
        var listing = new JsonObject.Builder();
        foreach (var status in Statuses)
        {
            var results = children.Where(child => Bin(child.Status) == status).SelectMany(child => Results(child, config?.Transformation)).ToArray();
            if (results.Length == 0)
            {
                listing.Set(status, JsonArray.Empty);
                continue;
            }

            var content = lines ? Lines(results) : JsonArray.Wrap(results).ToUtf8Bytes();
            var key = $"{folder}{status}_0.{(lines ? "jsonl" : "json")}";
            files.Add((key, content));
            listing.Set(status, JsonArray.Create([JsonObject.Create(("Key", key), ("Size", content.Length))]));
        }

        var manifest = JsonObject.Create(("DestinationBucket", bucket), ("MapRunArn", mapRunArn), ("ResultFiles", listing.Build()));
        files.Insert(0, (ManifestKey(prefix, mapRunId), manifest.ToUtf8Bytes()));
        return files;
    }

    /// <summary>What stands in the Map's output, or in a file, for one child: metadata, its output, or the elements of its output.</summary>
    internal static IEnumerable<JsonValue> Results(ChildResult child, string? transformation) => (transformation, child) switch
    {
        ("FLATTEN", { Status: "SUCCEEDED", Output: JsonArray array }) => array,
        ("FLATTEN" or "COMPACT", { Status: "SUCCEEDED", Output: { } output }) => [output],
        _ => [child.ToMetadata()],
    };

    static string Bin(string status) => status switch { "SUCCEEDED" or "PENDING" => status, _ => "FAILED" };

    static string Folder(string? prefix, string mapRunId) => string.IsNullOrEmpty(prefix) ? $"{mapRunId}/" : $"{prefix.TrimEnd('/')}/{mapRunId}/";

    static byte[] Lines(JsonValue[] results)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var result in results)
        {
            JsonWriter.Write(result, buffer);
            buffer.Write("\n"u8);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
