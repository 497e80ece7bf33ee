using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Datasets;
using Orkestra.Hosting.Objects;
using Parquet;
using Parquet.Serialization;
using Xunit;

namespace Orkestra.Datasets.Tests;

/// <summary>Reads objects as a distributed Map does, with both of this project's parts.</summary>
static class Files
{
    internal static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal static DatasetOptions Options { get; } = new() { Formats = [new ParquetFormat()], Compressions = [new ZstandardCompression()] };

    internal static async Task<byte[]> Parquet<T>(IReadOnlyList<T> rows, CompressionMethod compression = CompressionMethod.Snappy, int rowGroup = 1_000_000)
        where T : new()
    {
        using var file = new MemoryStream();
        await ParquetSerializer.SerializeAsync(rows, file, new ParquetOptions { CompressionMethod = compression, RowGroupSize = rowGroup }, cancellationToken: Cancellation);
        return file.ToArray();
    }

    internal static async Task<byte[]> Zstandard(byte[] content)
    {
        using var file = new MemoryStream();
        await using (var zip = new ZstdSharp.CompressionStream(file, leaveOpen: true)) await zip.WriteAsync(content, Cancellation);
        return file.ToArray();
    }

    internal static Task<JsonArray> Read(byte[] content, string type, long maxItems = 0, DatasetOptions? options = null)
    {
        var store = new MemoryObjectStore();
        store.Write("b", "k", content);
        return Read(store, type, maxItems, options);
    }

    internal static async Task<JsonArray> Read(IObjectStore store, string type, long maxItems = 0, DatasetOptions? options = null, string? versionId = null)
    {
        var parameters = JsonObject.Create(("Bucket", "b"), ("Key", "k"), ("VersionId", versionId));
        return (await DatasetReader.ReadAsync(store, options ?? Options, "arn:aws:states:::s3:getObject", parameters, new ReaderConfig { InputType = type }, maxItems, Cancellation)).Items;
    }
}
