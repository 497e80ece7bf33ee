using System.Text;
using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Objects;

namespace Orkestra.Hosting.Datasets;

/// <summary>
/// Reads the items of a distributed Map (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html): objects in a format, the files of
/// manifests of Amazon S3 Inventory and Amazon Athena, and listings of a bucket or the objects listed. Everything is read as a stream and no further than
/// needed.
/// </summary>
internal sealed class DatasetReader
{
    const int LongestManifest = 64 * 1024 * 1024;

    static readonly IDatasetFormat[] BuiltIn = [new JsonFormat(), new JsonLinesFormat(), new CsvFormat()];

    readonly IObjectStore store;
    readonly JsonValue parameters;
    readonly ReaderConfig config;
    readonly DatasetOptions options;
    readonly DatasetCollector items;
    readonly CancellationToken cancellationToken;

    DatasetReader(IObjectStore store, JsonValue parameters, ReaderConfig config, DatasetOptions options, DatasetCollector items, CancellationToken cancellationToken)
    {
        this.store = store;
        this.parameters = parameters;
        this.config = config;
        this.options = options;
        this.items = items;
        this.cancellationToken = cancellationToken;
    }

    /// <summary>Reads the items an item reader names.</summary>
    /// <param name="store">Where the objects are; null when there is no store.</param>
    /// <param name="options">Formats and limits.</param>
    /// <param name="resource">The action, such as <c>arn:aws:states:::s3:getObject</c>.</param>
    /// <param name="parameters">The evaluated parameters or arguments.</param>
    /// <param name="config">The format; JSON when null.</param>
    /// <param name="maxItems">How many items at most; 0 for all.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="DatasetException">The items cannot be read. The message is the cause of <c>States.ItemReaderFailed</c>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    internal static async ValueTask<Dataset> ReadAsync(
        IObjectStore? store, DatasetOptions options, string resource, JsonValue parameters, ReaderConfig? config, long maxItems, CancellationToken cancellationToken)
    {
        if (store is null) throw new DatasetException($"There is no object store for '{resource}' to read from. Give the runtime one.");
        if (maxItems < 0) throw new DatasetException("field MaxItems must be positive");
        var items = new DatasetCollector(maxItems, options);
        var reader = new DatasetReader(store, parameters, config ?? new ReaderConfig(), options, items, cancellationToken);
        try
        {
            if (resource.EndsWith(":s3:listObjectsV2", StringComparison.Ordinal)) await reader.ListAsync().ConfigureAwait(false);
            else if (resource.EndsWith(":s3:getObject", StringComparison.Ordinal)) await reader.GetAsync().ConfigureAwait(false);
            else throw new DatasetException($"The resource '{resource}' cannot read items. Use arn:aws:states:::s3:getObject or arn:aws:states:::s3:listObjectsV2.");
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested || problem is not OperationCanceledException)
        {
            throw DatasetException.Of("Unable to read the items", problem);
        }

        return items.ToDataset();
    }

    /// <summary>Reads the items of a text that stands for an object. It never waits.</summary>
    /// <exception cref="DatasetException">The items cannot be read.</exception>
    internal static Dataset Parse(string text, ReaderConfig config, long maxItems)
    {
        var options = DatasetOptions.Default;
        var items = new DatasetCollector(maxItems, options);
        var reader = new DatasetReader(new MemoryObjectStore(), JsonObject.Empty, config, options, items, CancellationToken.None);
        var reading = reader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "", reader.FormatOf(config.InputType ?? "JSON"));
        // Every read of a stream in memory is done at once.
        reading.AsTask().GetAwaiter().GetResult();
        return items.ToDataset();
    }

    async ValueTask GetAsync()
    {
        var (bucket, key) = (Required("Bucket"), Required("Key"));
        if (config.ManifestType is not null || config.InputType == "MANIFEST") await ManifestAsync(bucket, key).ConfigureAwait(false);
        else await ObjectAsync(bucket, key, Optional("VersionId"), FormatOf(config.InputType ?? "JSON")).ConfigureAwait(false);
    }

    async ValueTask ListAsync()
    {
        var bucket = Required("Bucket");
        var loads = config.Transformation == "LOAD_AND_FLATTEN";
        var format = loads ? FormatOf(config.InputType ?? "JSON") : null;
        var prefix = Optional("Prefix") ?? "";
        try
        {
            await foreach (var entry in store.ListAsync(bucket, prefix, cancellationToken).ConfigureAwait(false))
            {
                if (items.IsFull) return;
                // What S3's console shows as a folder is an object of no bytes.
                if (format is null) items.Add($"S3://{bucket}", new DatasetItem(Metadata(entry)));
                else if (entry.Size > 0) await PartAsync(bucket, entry.Key, format).ConfigureAwait(false);
            }
        }
        catch (Exception problem) when (problem is not (DatasetException or OperationCanceledException) || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw DatasetException.Of($"Unable to list the bucket '{bucket}'", problem);
        }
    }

    static JsonObject Metadata(StoredObject entry) => JsonObject.Create(
        ("Etag", entry.ETag),
        ("Key", entry.Key),
        ("LastModified", entry.LastModified.ToUnixTimeSeconds()),
        ("Size", entry.Size),
        ("StorageClass", "STANDARD"));

    async ValueTask ManifestAsync(string bucket, string key)
    {
        var isAthena = config.ManifestType == "ATHENA_DATA";
        var text = await WholeAsync(bucket, key).ConfigureAwait(false);
        if (isAthena)
        {
            var format = FormatOf(config.InputType is null or "MANIFEST" ? "JSONL" : config.InputType);
            foreach (var (fileBucket, fileKey) in AthenaFiles(text))
            {
                if (items.IsFull) return;
                await PartAsync(fileBucket, fileKey, format).ConfigureAwait(false);
            }

            return;
        }

        var inventory = new InventoryFormat(text, bucket);
        foreach (var fileKey in inventory.Files)
        {
            if (items.IsFull) return;
            await PartAsync(inventory.Bucket, fileKey, inventory).ConfigureAwait(false);
        }
    }

    // One of several objects: what is wrong with it is said together with its address.
    async ValueTask PartAsync(string bucket, string key, IDatasetFormat format)
    {
        try
        {
            await ObjectAsync(bucket, key, null, format).ConfigureAwait(false);
        }
        catch (DatasetException problem) when (!problem.Message.Contains($"'{key}'", StringComparison.Ordinal))
        {
            throw new DatasetException($"s3://{bucket}/{key}: {problem.Message}", problem);
        }
    }

    async ValueTask ObjectAsync(string bucket, string key, string? versionId, IDatasetFormat format)
    {
        if (versionId is not null && format.InputType == "PARQUET") throw new DatasetException("VersionId is not supported for the InputType PARQUET.");
        try
        {
            var stored = await OpenAsync(bucket, key, versionId).ConfigureAwait(false);
            await using (stored.ConfigureAwait(false)) await ReadAsync(stored, $"S3://{bucket}/{key}", format).ConfigureAwait(false);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested || problem is not OperationCanceledException)
        {
            throw DatasetException.Of($"Unable to read the object '{key}' of the bucket '{bucket}'", problem);
        }
    }

    async ValueTask ReadAsync(Stream stored, string source, IDatasetFormat format)
    {
        var content = await DatasetContent.OpenAsync(stored, format.InputType == "PARQUET", options, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            await foreach (var item in format.ReadAsync(content, config, options, cancellationToken).ConfigureAwait(false))
            {
                items.Add(source, item);
                if (items.IsFull) return;
            }
        }
    }

    async ValueTask<Stream> OpenAsync(string bucket, string key, string? versionId) =>
        await store.OpenAsync(bucket, key, versionId, cancellationToken).ConfigureAwait(false)
            ?? throw new DatasetException($"The specified key does not exist: '{key}' in the bucket '{bucket}'.");

    async ValueTask<ReadOnlyMemory<byte>> WholeAsync(string bucket, string key)
    {
        try
        {
            var stored = await OpenAsync(bucket, key, Optional("VersionId")).ConfigureAwait(false);
            await using (stored.ConfigureAwait(false))
            {
                var content = await DatasetContent.OpenAsync(stored, isParquet: false, options with { MaxObjectBytes = Math.Min(LongestManifest, options.MaxObjectBytes) }, cancellationToken).ConfigureAwait(false);
                await using (content.ConfigureAwait(false))
                {
                    using var whole = new MemoryStream();
                    await content.CopyToAsync(whole, cancellationToken).ConfigureAwait(false);
                    return whole.GetBuffer().AsMemory(0, (int)whole.Length);
                }
            }
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested || problem is not OperationCanceledException)
        {
            throw DatasetException.Of($"Unable to read the object '{key}' of the bucket '{bucket}'", problem);
        }
    }

    // A manifest of UNLOAD has one s3:// address a line; keys are written as they are.
    static List<(string Bucket, string Key)> AthenaFiles(ReadOnlyMemory<byte> content)
    {
        const string Scheme = "s3://";
        var files = new List<(string, string)>();
        foreach (var line in Encoding.UTF8.GetString(content.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = line.Trim('"');
            var slash = address.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? address.IndexOf('/', Scheme.Length) : -1;
            if (slash < 0 || slash == address.Length - 1) throw new DatasetException($"The manifest's line '{line}' is not the s3:// address of an object.");
            files.Add((address[Scheme.Length..slash], address[(slash + 1)..]));
        }

        return files;
    }

    IDatasetFormat FormatOf(string inputType) =>
        options.Formats.FirstOrDefault(format => format.InputType == inputType)
            ?? Array.Find(BuiltIn, format => format.InputType == inputType)
            ?? throw new DatasetException(inputType == "PARQUET"
                ? $"To read the input type 'PARQUET', add the package Orkestra.Datasets and put a ParquetFormat into {nameof(DatasetOptions)}.{nameof(DatasetOptions.Formats)}."
                : $"The input type '{inputType}' is not known. Use CSV, JSON, JSONL, PARQUET or MANIFEST.");

    string Required(string name) => Optional(name) ?? throw new DatasetException($"The item reader needs the text '{name}'.");

    string? Optional(string name) => parameters[name] switch
    {
        JsonString text => text.Value,
        null or JsonNull => null,
        _ => throw new DatasetException($"The item reader's '{name}' must be a text."),
    };
}
