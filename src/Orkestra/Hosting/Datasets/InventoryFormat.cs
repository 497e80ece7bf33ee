using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Datasets;

/// <summary>
/// The files of an Amazon S3 Inventory (https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html): CSV without a header row, whose
/// columns the manifest names.
/// </summary>
internal sealed class InventoryFormat : IDatasetFormat
{
    readonly string[] columns;

    /// <param name="manifest">The <c>manifest.json</c>.</param>
    /// <param name="bucket">The bucket it is in.</param>
    internal InventoryFormat(ReadOnlyMemory<byte> manifest, string bucket)
    {
        var json = ParsedJson.Parse(manifest.Span, "the manifest");
        if (json["fileFormat"] is JsonString { Value: not "CSV" } format)
            throw new DatasetException($"The inventory's file format '{format.Value}' is not supported. Set the output format of the inventory to CSV.");
        if (json["fileSchema"] is not JsonString schema || json["files"] is not JsonArray files)
            throw new DatasetException("The manifest is not one of Amazon S3 Inventory: it has no 'fileSchema' or no 'files'.");
        columns = [.. schema.Value.Split(',').Select(column => column.Trim())];
        Bucket = json["destinationBucket"] is JsonString arn ? arn.Value[(arn.Value.LastIndexOf(':') + 1)..] : bucket;
        Files = [.. ((IEnumerable<JsonValue>)files).Select(file => file["key"] is JsonString key ? key.Value : throw new DatasetException("A file of the manifest has no text 'key'."))];
    }

    public string InputType => "MANIFEST";

    /// <summary>The bucket of the files.</summary>
    internal string Bucket { get; }

    /// <summary>Their keys.</summary>
    internal IReadOnlyList<string> Files { get; }

    public IAsyncEnumerable<DatasetItem> ReadAsync(Stream content, ReaderConfig config, DatasetOptions options, CancellationToken cancellationToken) =>
        CsvFormat.ReadAsync(content, (byte)',', columns, options, cancellationToken);
}
