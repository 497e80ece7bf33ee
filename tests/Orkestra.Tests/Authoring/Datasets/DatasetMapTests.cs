using System.Text.Json.Serialization;
using Orkestra.Asl;
using Orkestra.Asl.Maps;
using Orkestra.Authoring;
using Orkestra.Authoring.Datasets;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Objects;
using Orkestra.Validation;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring.Datasets;

/// <summary>Maps over datasets: their documents, and how they run over folders that are buckets.</summary>
public sealed class DatasetMapTests : IDisposable
{
    enum Kind
    {
        Small,
        Large,
    }

    sealed record Upload(string Bucket, string Key);

    sealed record Row(string Sku, [property: JsonPropertyName("Unit Price")] decimal Price, int? Stock, bool Active, Kind Kind);

    sealed record Item(string Sku, int Quantity);

    static readonly Step<Row, string> Describe = new(row => $"{row.Sku} {row.Price + 1} {row.Stock?.ToString() ?? "-"} {row.Active} {row.Kind}", "Describe");
    static readonly Step<Item, int> Count = new(item => item.Quantity > 0 ? item.Quantity : throw new ArgumentException("none"), "Count");
    static readonly Step<Item[], int> Sum = new(items => items.Sum(item => item.Quantity), "Sum");

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("orkestra-datasets-");

    static readonly Upload Csv = new("uploads", "rows.csv");

    [Fact]
    public void Fields_of_the_Map_say_where_items_come_from()
    {
        var flow = Describe.MapEach(S3Items.Csv<Upload, Row>(upload => upload.Bucket, upload => upload.Key, delimiter: CsvDelimiter.Semicolon).Take(10), 5, new() { ToleratedFailurePercentage = 1, Express = true });
        var map = (MapState)Valid(flow).States["Map Describe"];
        map.MaxConcurrency.ShouldBe(5);
        map.ToleratedFailurePercentage.ShouldBe(1);
        map.ItemProcessor!.ProcessorConfig!.ExecutionType.ShouldBe("EXPRESS");
        map.ItemReader!.Resource.ShouldBe("arn:aws:states:::s3:getObject");
        map.ItemReader.Arguments.ShouldBe(JsonValue.Parse("""{ "Bucket": "{% $states.input.bucket %}", "Key": "{% $states.input.key %}" }"""));
        map.ItemReader.ReaderConfig.ShouldBe(new ReaderConfig { InputType = "CSV", CSVHeaderLocation = "FIRST_ROW", CSVDelimiter = "SEMICOLON", MaxItems = 10 });
        map.ItemSelector.ShouldBe(JsonValue.Parse("""
            {
              "sku": "{% $states.context.Map.Item.Value.sku %}",
              "Unit Price": "{% $number($states.context.Map.Item.Value.`Unit Price`) %}",
              "stock": "{% $states.context.Map.Item.Value.stock in ['', null] ? null : $number($states.context.Map.Item.Value.stock) %}",
              "active": "{% ($cell := $lowercase($trim($states.context.Map.Item.Value.active)); $cell = 'true' ? true : $cell = 'false' ? false : $error('The cell active is neither true nor false: ' & $cell)) %}",
              "kind": "{% $number($states.context.Map.Item.Value.kind) %}"
            }
            """));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("yes")]
    [InlineData("")]
    public async Task A_cell_that_is_no_bool_is_an_error_instead_of_false(string cell)
    {
        Write("rows.csv", $"sku,Unit Price,stock,active,kind\npen,1.5,7,{cell},1\n");
        var problem = await Should.ThrowAsync<WorkflowFailedException>(() => RunAsync(Describe.MapEach(S3Items.Csv<Upload, Row>(upload => upload.Bucket, upload => upload.Key)), Csv));
        problem.Message.ShouldContain($"The cell active is neither true nor false: {cell}");
    }

    [Fact]
    public async Task Rows_of_CSV_have_the_types_of_their_members()
    {
        Write("rows.csv", "sku,Unit Price,stock,active,kind\npen,1.5,7,TRUE,1\nink,2,,false,0\n");
        var described = await RunAsync(Describe.MapEach(S3Items.Csv<Upload, Row>(upload => upload.Bucket, upload => upload.Key)), Csv);
        described.ShouldBe(["pen 2.5 7 True Large", "ink 3  False Small".Replace("  ", " - ", StringComparison.Ordinal)]);
        Write("plain.csv", "pen|1.5|7|true|1\n");
        (await RunAsync(Describe.MapEach(S3Items.Csv<Upload, Row>(_ => "uploads", _ => "plain.csv", ["sku", "Unit Price", "stock", "active", "kind"], CsvDelimiter.Pipe)), Csv)).ShouldBe(["pen 2.5 7 True Large"]);
    }

    [Fact]
    public async Task Items_come_from_JSON_and_JSON_Lines_and_from_all_objects_of_a_folder()
    {
        Write("data/a.json", """{ "orders": [{ "sku": "a", "quantity": 1 }, { "sku": "b", "quantity": 2 }] }""");
        Write("lines/1.jsonl", "{\"sku\":\"c\",\"quantity\":3}\n{\"sku\":\"d\",\"quantity\":4}\n");
        Write("lines/2.jsonl", "{\"sku\":\"e\",\"quantity\":5}\n");
        (await RunAsync(Count.MapEach(S3Items.Json<Upload, Item>(upload => upload.Bucket, _ => "data/a.json", "/orders")), Csv)).ShouldBe([1, 2]);
        (await RunAsync(Count.MapEach(S3Items.JsonLines<Upload, Item>(upload => upload.Bucket, _ => "lines/1.jsonl")), Csv)).ShouldBe([3, 4]);
        (await RunAsync(Count.MapEach(S3Items.JsonLinesOf<Upload, Item>(upload => upload.Bucket, _ => "lines/")), Csv)).ShouldBe([3, 4, 5]);
        Step<ListedObject, string> key = new(listed => $"{listed.Key} {listed.Size > 0}", "Key");
        (await RunAsync(key.MapEach(S3Items.Objects<Upload>(upload => upload.Bucket, _ => "lines/")), Csv)).ShouldBe(["lines/1.jsonl True", "lines/2.jsonl True"]);
    }

    [Fact]
    public async Task Items_come_from_manifests()
    {
        Write("inventory/manifest.json", """{ "sourceBucket": "shop", "destinationBucket": "arn:aws:s3:::uploads", "fileFormat": "CSV", "fileSchema": "Bucket, Key, Size", "files": [{ "key": "inventory/1.csv" }] }""");
        Write("inventory/1.csv", "\"shop\",\"a.txt\",\"12\"\n\"shop\",\"b.txt\",\"3\"\n");
        Step<Listed, long> size = new(listed => listed.Size, "Size");
        (await RunAsync(size.MapEach(S3Items.Inventory<Upload, Listed>(_ => "uploads", _ => "inventory/manifest.json")), Csv)).ShouldBe([12L, 3L]);
        Write("unload/manifest.csv", "s3://uploads/unload/part\n");
        Write("unload/part", "{\"sku\":\"c\",\"quantity\":9}\n");
        (await RunAsync(Count.MapEach(S3Items.AthenaUnload<Upload, Item>(_ => "uploads", _ => "unload/manifest.csv")), Csv)).ShouldBe([9]);
    }

    sealed record Listed([property: JsonPropertyName("Key")] string Key, [property: JsonPropertyName("Size")] long Size);

    [Fact]
    public async Task Batches_give_arrays_to_the_flow()
    {
        Write("lines.jsonl", string.Concat(Enumerable.Range(1, 5).Select(number => $"{{\"sku\":\"s\",\"quantity\":{number}}}\n")));
        var flow = Sum.MapBatches(S3Items.JsonLines<Upload, Item>(_ => "uploads", _ => "lines.jsonl"), maxItems: 2, maxBytes: 1000);
        var map = (MapState)Valid(flow).States.Values.ShouldHaveSingleItem();
        map.ItemBatcher.ShouldBe(new ItemBatcher { MaxItemsPerBatch = 2, MaxInputBytesPerBatch = 1000 });
        (await RunAsync(flow, Csv)).ShouldBe([3, 7, 5]);
        Should.Throw<ArgumentOutOfRangeException>(() => Sum.MapBatches(S3Items.JsonLines<Upload, Item>(_ => "b", _ => "k"), 1, 300_000));
    }

    [Fact]
    public async Task Results_go_to_a_bucket_and_are_read_again_with_their_types()
    {
        Write("lines.jsonl", "{\"sku\":\"a\",\"quantity\":1}\n{\"sku\":\"b\",\"quantity\":0}\n");
        var source = S3Items.JsonLines<Upload, Item>(upload => upload.Bucket, _ => "lines.jsonl");
        var result = await RunAsync(Count.MapEach(source, options: new() { ToleratedFailures = 1 }).WriteTo(_ => "results", upload => upload.Key), Csv with { Key = "run" });
        result.Results.Bucket.ShouldBe("results");
        result.Results.Key.ShouldEndWith("/manifest.json");

        Step<ChildExecution<Item, int>, string> check = new(child => $"{child.Status} {child.ReadInput().Sku} {(child.Output is null ? child.Error : child.ReadOutput().ToString())}", "Check");
        async Task<string[]> Read(string file) => await RunAsync(
            check.MapEach(S3Items.Json<Upload, ChildExecution<Item, int>>(upload => upload.Bucket, upload => upload.Key)),
            new Upload("results", result.Results.Key.Replace("manifest.json", file, StringComparison.Ordinal)));
        (await Read("SUCCEEDED_0.json")).ShouldBe(["SUCCEEDED a 1"]);
        (await Read("FAILED_0.json")).ShouldBe(["FAILED b ArgumentException"]);

        var outputs = await RunAsync(Count.MapEach(source, options: new() { ToleratedFailures = 1 }).WriteTo(_ => "results", content: ResultContent.Outputs, lines: true), Csv);
        File.ReadAllText(Path.Combine(folder.FullName, "results", outputs.Results.Key.Replace("manifest.json", "SUCCEEDED_0.jsonl", StringComparison.Ordinal))).ShouldBe("1\n");
    }

    [Fact]
    public async Task Too_many_failures_fail_the_map()
    {
        Write("lines.jsonl", "{\"sku\":\"a\",\"quantity\":1}\n{\"sku\":\"b\",\"quantity\":0}\n");
        var source = S3Items.JsonLines<Upload, Item>(_ => "uploads", _ => "lines.jsonl");
        (await Should.ThrowAsync<WorkflowFailedException>(() => RunAsync(Count.MapEach(source), Csv))).Error.ShouldBe("States.ExceedToleratedFailureThreshold");
        (await RunAsync(Count.MapEach(source, options: new() { ToleratedFailurePercentage = 50 }), Csv)).ShouldBe([1]);
    }

    [Fact]
    public void Rows_that_a_cell_cannot_be_are_refused()
    {
        Step<Nested, int> step = new(_ => 1, "Step");
        Should.Throw<WorkflowException>(() => Valid(step.MapEach(S3Items.Csv<Upload, Nested>(_ => "b", _ => "k")))).Message
            .ShouldBe("The member 'items' of Nested is int[], which a cell of a row cannot be: use a text, a number, bool or a date, or read the row as Dictionary<string, string>.");
        ((MapState)Valid(new Step<Dictionary<string, string>, int>(row => row.Count, "Cells").MapEach(S3Items.Csv<Upload, Dictionary<string, string>>(_ => "b", _ => "k"))).States["Map Cells"]).ItemSelector.ShouldBeNull();
    }

    sealed record Nested(int[] Items);

    static StateMachine Valid<TOut>(Flow<Upload, TOut> flow)
    {
        var document = TestWorkflow.Of(flow).Compile().Document;
        StateMachineValidator.Validate(document).Diagnostics.ShouldBeEmpty();
        AslReader.Parse(AslWriter.Write(document)).ShouldBe(document);
        return document;
    }

    Task<TOut> RunAsync<TOut>(Flow<Upload, TOut> flow, Upload upload)
    {
        Valid(flow);
        return TestWorkflow.Of(flow).RunAsync(upload, new OrkestraOptions { Objects = new FolderObjectStore(folder.FullName) });
    }

    void Write(string key, string text)
    {
        var path = Path.Combine(folder.FullName, "uploads", key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
