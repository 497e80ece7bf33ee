using System.Buffers;
using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Objects;

namespace Orkestra.Hosting.Datasets;

/// <summary>
/// What a ResultWriter makes of the results of a distributed Map (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html): files for
/// each final status and a manifest that names them, or, without a resource, the Map's output.
/// </summary>
internal static class ResultFiles
{
    /// <summary>
    /// How many bytes a file has before the next one begins. AWS begins a new one at 5 GB; here a file is in memory while it is written.
    /// </summary>
    internal const int LargestFile = 64 * 1024 * 1024;

    static readonly string[] Statuses = ["SUCCEEDED", "FAILED", "PENDING"];

    /// <summary>Writes the results.</summary>
    /// <param name="store">Where to; null when there is no store.</param>
    /// <param name="writer">The definition's ResultWriter.</param>
    /// <param name="arguments">Its evaluated parameters or arguments.</param>
    /// <param name="mapRunArn">The ARN of the Map Run.</param>
    /// <param name="mapRunId">The id at its end, which names the folder.</param>
    /// <param name="children">How the child executions ended, in the order of their items.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <param name="largestFile">How many bytes a file has before the next one begins.</param>
    /// <returns>The result of the Map.</returns>
    /// <exception cref="DatasetException">The results cannot be written. The message is the cause of <c>States.ResultWriterFailed</c>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    internal static async ValueTask<JsonValue> WriteAsync(
        IObjectStore? store, ResultWriter writer, JsonValue arguments, string mapRunArn, string mapRunId, IReadOnlyList<ChildResult> children,
        CancellationToken cancellationToken, int largestFile = LargestFile)
    {
        var config = writer.WriterConfig;
        if (writer.Resource is null) return JsonArray.Create(children.SelectMany(child => (IEnumerable<JsonValue>)Results(child, config?.Transformation ?? "COMPACT")));
        if (store is null) throw new DatasetException($"There is no object store for '{writer.Resource}' to write to. Give the runtime one.");
        if (arguments["Bucket"] is not JsonString { Value.Length: > 0 } bucket) throw new DatasetException("The result writer needs the text 'Bucket'.");
        if (arguments["Prefix"] is not (null or JsonNull or JsonString)) throw new DatasetException("The result writer's 'Prefix' must be a text.");
        var prefix = (arguments["Prefix"] as JsonString)?.Value;
        var folder = string.IsNullOrEmpty(prefix) ? $"{mapRunId}/" : $"{prefix.TrimEnd('/')}/{mapRunId}/";
        var listing = new JsonObject.Builder();
        foreach (var status in Statuses)
        {
            var files = new List<JsonValue>();
            var results = children.Where(child => Bin(child.Status) == status).SelectMany(child => (IEnumerable<JsonValue>)Results(child, config?.Transformation));
            foreach (var content in Files(results, config?.OutputType == "JSONL", largestFile))
            {
                var key = $"{folder}{status}_{files.Count}.{(config?.OutputType == "JSONL" ? "jsonl" : "json")}";
                await PutAsync(key, content).ConfigureAwait(false);
                files.Add(JsonObject.Create(("Key", key), ("Size", content.Length)));
            }

            listing.Set(status, JsonArray.Wrap([.. files]));
        }

        // The manifest comes last, so that all it names is there.
        var manifest = folder + "manifest.json";
        await PutAsync(manifest, JsonObject.Create(("DestinationBucket", bucket), ("MapRunArn", mapRunArn), ("ResultFiles", listing.Build())).ToUtf8Bytes()).ConfigureAwait(false);
        return JsonObject.Create(("MapRunArn", mapRunArn), ("ResultWriterDetails", JsonObject.Create(("Bucket", bucket), ("Key", manifest))));

        async ValueTask PutAsync(string key, ReadOnlyMemory<byte> content)
        {
            try
            {
                await store.WriteAsync(bucket.Value, key, content, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception problem) when (!cancellationToken.IsCancellationRequested || problem is not OperationCanceledException)
            {
                throw DatasetException.Of($"Unable to write the object '{key}' of the bucket '{bucket.Value}'", problem);
            }
        }
    }

    // One file after the other: a file is made when the one before was written.
    static IEnumerable<ReadOnlyMemory<byte>> Files(IEnumerable<JsonValue> results, bool asLines, int largest)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var result in results)
        {
            if (buffer.WrittenCount > 0 && buffer.WrittenCount + (long)result.Utf8Length + 2 > largest)
            {
                if (!asLines) buffer.Write("]"u8);
                yield return buffer.WrittenMemory.ToArray();
                buffer.ResetWrittenCount();
            }

            if (!asLines) buffer.Write(buffer.WrittenCount == 0 ? "["u8 : ","u8);
            JsonWriter.Write(result, buffer);
            if (asLines) buffer.Write("\n"u8);
        }

        if (buffer.WrittenCount == 0) yield break;
        if (!asLines) buffer.Write("]"u8);
        yield return buffer.WrittenMemory.ToArray();
    }

    // What a file, or the Map's output, has for one child: metadata, its output, or the elements of its output.
    static JsonArray Results(ChildResult child, string? transformation) => (transformation, child) switch
    {
        ("FLATTEN", { Status: "SUCCEEDED", Output: JsonArray array }) => array,
        ("FLATTEN" or "COMPACT", { Status: "SUCCEEDED", Output: { } output }) => JsonArray.Wrap([output]),
        _ => JsonArray.Wrap([child.ToMetadata()]),
    };

    static string Bin(string status) => status switch { "SUCCEEDED" or "PENDING" => status, _ => "FAILED" };
}
