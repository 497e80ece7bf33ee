using System.Text.Json.Serialization;
using Orkestra.Authoring;
using Orkestra.Authoring.Datasets;
using Orkestra.Hosting;
using Orkestra.Hosting.Objects;
using Shouldly;
using Xunit;

namespace Orkestra.Datasets.Tests;

/// <summary>A distributed Map over the rows of a Parquet file in a folder that stands for a bucket.</summary>
public sealed class ParquetMapTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("orkestra-parquet-");

    public sealed record Upload(string Bucket, string Key);

    /// <summary>What a step gets of a row: the columns it names, with their types.</summary>
    public sealed record Sale(
        [property: JsonPropertyName("Sku")] string Sku,
        [property: JsonPropertyName("Count")] int Count,
        [property: JsonPropertyName("Price")] decimal Price,
        [property: JsonPropertyName("Rebate")] double? Rebate,
        [property: JsonPropertyName("Tags")] string[]? Tags);

    public sealed class SaleRow
    {
        public string Sku { get; set; } = "";

        public int Count { get; set; }

        public decimal Price { get; set; }

        public double? Rebate { get; set; }

        public List<string> Tags { get; set; } = [];

        public string NotRead { get; set; } = "left";
    }

    sealed class Totals : Workflow<Upload, string[]>
    {
        static readonly Step<Sale, string> Total = new(sale => FormattableString.Invariant($"{sale.Sku} {sale.Count * sale.Price:0.00} {sale.Rebate:0.0} {string.Join('+', sale.Tags ?? [])}"));

        public override Flow<Upload, string[]> Define() => Total.MapEach(S3Items.Parquet<Upload, Sale>(upload => upload.Bucket, upload => upload.Key).Take(3));
    }

    sealed class Batches : Workflow<Upload, int[]>
    {
        static readonly Step<Sale[], int> Sum = new(sales => sales.Sum(sale => sale.Count));

        public override Flow<Upload, int[]> Define() => Sum.MapBatches(S3Items.Parquet<Upload, Sale>(upload => upload.Bucket, upload => upload.Key), maxItems: 2);
    }

    [Fact]
    public async Task Rows_reach_the_step_with_their_types()
    {
        await WriteAsync(
            new() { Sku = "pen", Count = 2, Price = 1.25m, Rebate = 0.5, Tags = ["a", "b"] },
            new() { Sku = "ink", Count = 3, Price = 10m },
            new() { Sku = "pad", Count = 0, Price = 0.01m, Tags = ["c"] },
            new() { Sku = "too many", Count = 9, Price = 9m });
        (await new Totals().RunAsync(new Upload("uploads", "2026/sales.parquet"), Options(Files.Options), cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(["pen 2.50 0.5 a+b", "ink 30.00  ", "pad 0.00  c"]);
    }

    [Fact]
    public async Task Rows_come_in_batches()
    {
        await WriteAsync([.. Enumerable.Range(1, 5).Select(number => new SaleRow { Sku = "pen", Count = number })]);
        (await new Batches().RunAsync(new Upload("uploads", "2026/sales.parquet"), Options(Files.Options), cancellationToken: TestContext.Current.CancellationToken)).ShouldBe([3, 7, 5]);
    }

    [Fact]
    public async Task Without_the_format_the_map_says_what_is_missing()
    {
        await WriteAsync(new SaleRow());
        var failure = await Should.ThrowAsync<WorkflowFailedException>(() => new Batches().RunAsync(new Upload("uploads", "2026/sales.parquet"), Options(new())));
        failure.Error.ShouldBe("States.ItemReaderFailed");
        failure.Message.ShouldContain("PARQUET");
    }

    OrkestraOptions Options(Orkestra.Hosting.Datasets.DatasetOptions datasets) => new() { Objects = new FolderObjectStore(folder.FullName), Datasets = datasets };

    async Task WriteAsync(params SaleRow[] rows)
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "uploads", "2026"));
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "uploads", "2026", "sales.parquet"), await Files.Parquet(rows), Files.Cancellation);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
