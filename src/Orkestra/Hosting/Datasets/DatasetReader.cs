using System.IO.Compression;
using System.Text;
using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Objects;

namespace Orkestra.Hosting.Datasets;

/// <summary>
/// Reads the items of a distributed Map
/// (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html): objects in JSON, JSON Lines or CSV, manifests of S3 Inventory and
/// Athena, and listings of a bucket. Parquet is refused with a sentence.
/// </summary>
internal static class DatasetReader
{
    /// <param name="store">Where the objects are.</param>
    /// <param name="resource">The action, such as <c>arn:aws:states:::s3:getObject</c>.</param>
    /// <param name="parameters">The evaluated parameters or arguments.</param>
    /// <param name="config">The format; JSON when null.</param>
    /// <param name="maxItems">How many items at most; 0 for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DatasetException">The dataset cannot be read; the message is the cause a run fails with.</exception>
    internal static async ValueTask<JsonArray> ReadAsync(
        IObjectStore store, string resource, JsonValue parameters, ReaderConfig? config, long maxItems, CancellationToken cancellationToken)
    {
        if (maxItems < 0) throw new DatasetException("field MaxItems must be positive");
        var most = maxItems == 0 ? long.MaxValue : maxItems;
        config ??= new ReaderConfig();
        if (resource.EndsWith(":s3:listObjectsV2", StringComparison.Ordinal)) return await ListAsync(store, parameters, config, most, cancellationToken).ConfigureAwait(false);
        if (!resource.EndsWith(":s3:getObject", StringComparison.Ordinal))
            throw new DatasetException($"The resource '{resource}' cannot read items; use arn:aws:states:::s3:getObject or arn:aws:states:::s3:listObjectsV2.");
        var bucket = Text(parameters, "Bucket");
        var key = Text(parameters, "Key");
        var content = await GetAsync(store, bucket, key, cancellationToken).ConfigureAwait(false);
        return config.InputType == "MANIFEST"
            ? await ManifestAsync(store, bucket, content, config, most, cancellationToken).ConfigureAwait(false)
            : Parse(Unpack(content).Span, config, most);
    }

    /// <summary>The items of one object.</summary>
    internal static JsonArray Parse(ReadOnlySpan<byte> content, ReaderConfig config, long most) => config.InputType switch
    {
        null or "JSON" => JsonDataset.Read(content, config.ItemsPointer, most),
        "JSONL" => JsonDataset.ReadLines(content, most),
        "CSV" => CsvDataset.Read(
            content, CsvDataset.Delimiter(config.CSVDelimiter), config.CSVHeaderLocation == "GIVEN" ? [.. config.CSVHeaders] : null, most),
        "PARQUET" => throw new DatasetException("The input type 'PARQUET' cannot be read here; CSV, JSON, JSONL and MANIFEST can."),
        var type => throw new DatasetException($"The input type '{type}' is not known; use CSV, JSON, JSONL or MANIFEST."),
    };

    static async ValueTask<JsonArray> ListAsync(IObjectStore store, JsonValue parameters, ReaderConfig config, long most, CancellationToken cancellationToken)
    {
        var bucket = Text(parameters, "Bucket");
        var prefix = parameters["Prefix"] is JsonString text ? text.Value : "";
        var found = await store.ListAsync(bucket, prefix, cancellationToken).ConfigureAwait(false)
            ?? throw new DatasetException($"The specified bucket does not exist: '{bucket}'.");
        var items = new List<JsonValue>();
        foreach (var entry in found)
        {
            if (items.Count >= most) break;
            if (config.Transformation != "LOAD_AND_FLATTEN")
            {
                items.Add(JsonObject.Create(
                    ("Etag", entry.ETag),
                    ("Key", entry.Key),
                    ("LastModified", entry.LastModified.ToUnixTimeSeconds()),
                    ("Size", entry.Size),
                    ("StorageClass", "STANDARD")));
                continue;
            }

            if (entry.Size == 0) continue;
            var content = await GetAsync(store, bucket, entry.Key, cancellationToken).ConfigureAwait(false);
            items.AddRange(Parse(Unpack(content).Span, config, most - items.Count).Span);
        }

        return JsonArray.Wrap([.. items]);
    }

    static async ValueTask<JsonArray> ManifestAsync(
        IObjectStore store, string bucket, ReadOnlyMemory<byte> manifest, ReaderConfig config, long most, CancellationToken cancellationToken)
    {
        var items = new List<JsonValue>();
        foreach (var file in config.ManifestType == "ATHENA_DATA" ? AthenaFiles(manifest.Span) : InventoryFiles(bucket, manifest.Span))
        {
            if (items.Count >= most) break;
            var content = Unpack(await GetAsync(store, file.Bucket, file.Key, cancellationToken).ConfigureAwait(false));
            var left = most - items.Count;
            items.AddRange((file.Columns is null ? Parse(content.Span, config with { InputType = "JSONL" }, left) : CsvDataset.Read(content.Span, ',', file.Columns, left)).Span);
        }

        return JsonArray.Wrap([.. items]);
    }

    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html
    static List<ManifestFile> InventoryFiles(string bucket, ReadOnlySpan<byte> content)
    {
        var manifest = ParseManifest(content);
        if (manifest["fileFormat"] is JsonString { Value: not "CSV" } format)
            throw new DatasetException($"The inventory's file format '{format.Value}' cannot be read here; CSV can.");
        if (manifest["fileSchema"] is not JsonString schema || manifest["files"] is not JsonArray files)
            throw new DatasetException("The manifest is not one of S3 Inventory: it has no 'fileSchema' or no 'files'.");
        string[] columns = [.. schema.Value.Split(',').Select(column => column.Trim())];
        var destination = manifest["destinationBucket"] is JsonString arn ? arn.Value[(arn.Value.LastIndexOf(':') + 1)..] : bucket;
        var found = new List<ManifestFile>();
        foreach (var file in files.Span) found.Add(new ManifestFile(destination, Text(file, "key"), columns));
        return found;
    }

    // An UNLOAD manifest of Athena has one s3:// address a line.
    static List<ManifestFile> AthenaFiles(ReadOnlySpan<byte> content)
    {
        var found = new List<ManifestFile>();
        foreach (var line in Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(line, UriKind.Absolute, out var address) || address.Scheme != "s3")
                throw new DatasetException($"The manifest's line '{line}' is not an s3:// address.");
            found.Add(new ManifestFile(address.Host, Uri.UnescapeDataString(address.AbsolutePath[1..]), null));
        }

        return found;
    }

    static JsonValue ParseManifest(ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonValue.Parse(content);
        }
        catch (JsonFormatException problem)
        {
            throw new DatasetException($"Unable to parse the manifest: {problem.Message}");
        }
    }

    // What is compressed says so in its first bytes, whatever its key is.
    static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> content)
    {
        if (content.Span.StartsWith(Zstandard)) throw new DatasetException("The object is compressed with Zstandard, which cannot be read here; gzip can.");
        if (content.Span.StartsWith(Parquet)) throw new DatasetException("The object is a Parquet file, which cannot be read here; CSV, JSON and JSONL can.");
        if (!content.Span.StartsWith(Gzip)) return content;
        try
        {
            using var zipped = new GZipStream(new MemoryStream(content.ToArray()), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            zipped.CopyTo(plain);
            return plain.ToArray();
        }
        catch (InvalidDataException problem)
        {
            throw new DatasetException($"Unable to unpack the object: {problem.Message}");
        }
    }

    static ReadOnlySpan<byte> Gzip => [0x1F, 0x8B];

    static ReadOnlySpan<byte> Zstandard => [0x28, 0xB5, 0x2F, 0xFD];

    static ReadOnlySpan<byte> Parquet => "PAR1"u8;

    static async ValueTask<ReadOnlyMemory<byte>> GetAsync(IObjectStore store, string bucket, string key, CancellationToken cancellationToken) =>
        await store.ReadAsync(bucket, key, cancellationToken).ConfigureAwait(false)
            ?? throw new DatasetException($"The specified key does not exist: '{key}' in the bucket '{bucket}'.");

    static string Text(JsonValue parameters, string name) =>
        parameters[name] is JsonString text ? text.Value : throw new DatasetException($"The item reader needs the text '{name}'.");

    sealed record ManifestFile(string Bucket, string Key, IReadOnlyList<string>? Columns);
}
