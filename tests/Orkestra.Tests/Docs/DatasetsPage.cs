using Orkestra.Authoring;
using Orkestra.Authoring.Datasets;
using Orkestra.Hosting;
using Orkestra.Hosting.Objects;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Docs;

/// <summary>The code of <c>docs/datasets.md</c>, run.</summary>
public sealed class DatasetsPage : IDisposable
{
    public sealed record Upload(string Bucket, string Key);

    public sealed record Row(string Sku, decimal Price, int? Stock);

    public sealed class ImportPrices : Workflow<Upload, string[]>
    {
        static readonly Step<Row, string> Import = new(row => $"{row.Sku} costs {row.Price}");

        public override Flow<Upload, string[]> Define() =>
            Import.MapEach(
                S3Items.Csv<Upload, Row>(upload => upload.Bucket, upload => upload.Key),
                maxConcurrency: 50,
                new() { ToleratedFailurePercentage = 1 });
    }

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("orkestra-datasets-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Rows_of_a_file_are_imported()
    {
        var data = folder.FullName;
        Directory.CreateDirectory(Path.Combine(data, "uploads"));
        File.WriteAllText(Path.Combine(data, "uploads", "prices.csv"), "sku,price,stock\npen,2.5,7\nink,12,\n");

        var options = new OrkestraOptions { Objects = new FolderObjectStore(data) };
        var imported = await new ImportPrices().RunAsync(new Upload("uploads", "prices.csv"), options);

        imported.ShouldBe(["pen costs 2.5", "ink costs 12"]);
    }
}
