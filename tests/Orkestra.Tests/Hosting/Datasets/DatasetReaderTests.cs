using System.IO.Compression;
using System.Text;
using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Datasets;
using Orkestra.Hosting.Objects;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Datasets;

public sealed class DatasetReaderTests
{
    const string GetObject = "arn:aws:states:::s3:getObject";
    const string ListObjects = "arn:aws:states:::s3:listObjectsV2";
    static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    readonly MemoryObjectStore store = new(TimeProvider.System);

    [Theory]
    [InlineData("a,b\n1,2\n", """[{"a":"1","b":"2"}]""")]
    [InlineData("a,b\r\n1\r\n1,2,3", """[{"a":"1","b":""},{"a":"1","b":"2"}]""")]
    [InlineData("a\n\n1\r\n\r\n2\n\n", """[{"a":"1"},{"a":"2"}]""")]
    [InlineData("a,\n,,,\n   \n", """[{"a":"","":""},{"a":"   ","":""}]""")]
    [InlineData("a,b\n\"x,\"\"y\"\"\nz\",2\n", """[{"a":"x,\"y\"\nz","b":"2"}]""")]
    public async Task Csv_with_a_header_row(string csv, string json)
    {
        store.Write("data", "rows.csv", csv);
        (await Read(new ReaderConfig { InputType = "CSV", CSVHeaderLocation = "FIRST_ROW" })).ToJson().ShouldBe(json);
    }

    [Fact]
    public async Task Csv_with_given_headers_and_another_delimiter()
    {
        store.Write("data", "rows.csv", "1|2\n3|4\n5|6\n");
        var config = new ReaderConfig { InputType = "CSV", CSVHeaderLocation = "GIVEN", CSVHeaders = ["x", "y"], CSVDelimiter = "PIPE" };
        (await Read(config, 2)).ToJson().ShouldBe("""[{"x":"1","y":"2"},{"x":"3","y":"4"}]""");
    }

    [Fact]
    public async Task Json_lines_and_pointers()
    {
        store.Write("data", "rows.csv", "{\"a\":1}\n\n[2]\r\n");
        (await Read(new ReaderConfig { InputType = "JSONL" })).ToJson().ShouldBe("""[{"a":1},[2]]""");
        store.Write("data", "rows.csv", """{"a/b":[{"items":[1,2,3]}]}""");
        (await Read(new ReaderConfig { InputType = "JSON", ItemsPointer = "/a~1b/0/items" }, 2)).ToJson().ShouldBe("[1,2]");
    }

    [Fact]
    public async Task What_is_compressed_with_gzip_is_unpacked()
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) zip.Write("[1,2]"u8);
        store.Write("data", "rows.csv", packed.ToArray());
        (await Read(new ReaderConfig { InputType = "JSON" })).ToJson().ShouldBe("[1,2]");
        store.Write("data", "rows.csv", packed.ToArray().AsMemory(0, 12));
        (await Should.ThrowAsync<DatasetException>(() => Read(new ReaderConfig { InputType = "JSON" }))).Message.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_in_a_sentence()
    {
        store.Write("data", "rows.csv", new byte[] { 0x28, 0xB5, 0x2F, 0xFD, 0 });
        (await Should.ThrowAsync<DatasetException>(() => Read(new ReaderConfig { InputType = "JSONL" }))).Message.ShouldContain("Zstandard");
        store.Write("data", "rows.csv", "PAR1....");
        (await Should.ThrowAsync<DatasetException>(() => Read(new ReaderConfig { InputType = "CSV" }))).Message.ShouldContain("Parquet");
        store.Write("data", "rows.csv", "[]");
        (await Should.ThrowAsync<DatasetException>(() => Read(new ReaderConfig { InputType = "PARQUET" }))).Message
            .ShouldBe("The input type 'PARQUET' cannot be read here; CSV, JSON, JSONL and MANIFEST can.");
    }

    [Fact]
    public async Task A_listing_gives_metadata_or_content()
    {
        store.Write("data", "in/2.json", "[3]");
        store.Write("data", "in/1.json", "[1,2]");
        store.Write("data", "out/3.json", "[4]");
        var parameters = JsonObject.Create(("Bucket", "data"), ("Prefix", "in/"));
        var listed = await DatasetReader.ReadAsync(store, ListObjects, parameters, null, 0, Cancellation);
        listed.Count.ShouldBe(2);
        listed[0]["Key"].ShouldBe((JsonValue)"in/1.json");
        listed[0]["Size"].ShouldBe((JsonValue)5);
        var loaded = await DatasetReader.ReadAsync(
            store, ListObjects, parameters, new ReaderConfig { InputType = "JSON", Transformation = "LOAD_AND_FLATTEN" }, 0, Cancellation);
        loaded.ToJson().ShouldBe("[1,2,3]");
    }

    [Fact]
    public async Task An_inventory_manifest_names_its_files()
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest)) zip.Write(Encoding.UTF8.GetBytes("\"data\",\"a.txt\",\"7\"\n\"data\",\"b.txt\",\"8\"\n"));
        store.Write("inventory", "data/part.csv.gz", zipped.ToArray());
        store.Write("data", "rows.csv", """{"fileFormat":"CSV","fileSchema":"Bucket, Key, Size","destinationBucket":"arn:aws:s3:::inventory","files":[{"key":"data/part.csv.gz"}]}""");
        (await Read(new ReaderConfig { InputType = "MANIFEST", ManifestType = "S3_INVENTORY" })).ToJson()
            .ShouldBe("""[{"Bucket":"data","Key":"a.txt","Size":"7"},{"Bucket":"data","Key":"b.txt","Size":"8"}]""");
    }

    [Theory]
    [InlineData("JSON", "{}", "Attempting to map over non-iterable node.")]
    [InlineData("CSV", "a,a\n", "CSV headers cannot contain duplicates.")]
    [InlineData("PARQUET", "", "The input type 'PARQUET' cannot be read here; CSV, JSON, JSONL and MANIFEST can.")]
    public async Task What_cannot_be_read_says_why(string type, string content, string cause)
    {
        store.Write("data", "rows.csv", content);
        (await Should.ThrowAsync<DatasetException>(async () => await Read(new ReaderConfig { InputType = type }))).Message.ShouldBe(cause);
    }

    [Fact]
    public async Task Negative_limits_and_missing_objects_are_refused()
    {
        (await Should.ThrowAsync<DatasetException>(async () => await Read(null, -1))).Message.ShouldBe("field MaxItems must be positive");
        (await Should.ThrowAsync<DatasetException>(async () => await Read(null))).Message.ShouldContain("'rows.csv'");
    }

    [Fact]
    public async Task A_folder_is_a_store_and_keeps_within_itself()
    {
        var root = Directory.CreateTempSubdirectory("orkestra").FullName;
        try
        {
            var folder = new FolderObjectStore(root);
            await folder.WriteAsync("data", "a/b.json", "[1]"u8.ToArray(), Cancellation);
            (await DatasetReader.ReadAsync(folder, GetObject, JsonObject.Create(("Bucket", "data"), ("Key", "a/b.json")), null, 0, Cancellation)).ToJson().ShouldBe("[1]");
            (await folder.ListAsync("data", "a/", Cancellation))!.ShouldHaveSingleItem().Key.ShouldBe("a/b.json");
            (await folder.ListAsync("none", "", Cancellation)).ShouldBeNull();
            await Should.ThrowAsync<ArgumentException>(async () => await folder.ReadAsync("data", "../../x", Cancellation));
            await Should.ThrowAsync<ArgumentException>(async () => await folder.ReadAsync("..", "x", Cancellation));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void Results_are_written_by_status_with_a_manifest()
    {
        ChildResult[] children =
        [
            new() { ExecutionArn = "e0", StateMachineArn = "m", Name = "0", Status = "SUCCEEDED", Input = 1, Output = JsonValue.Parse("[1,2]") },
            new() { ExecutionArn = "e1", StateMachineArn = "m", Name = "1", Status = "FAILED", Input = 2, Error = "E", Cause = "C" },
        ];
        var files = ResultFiles.Create("out", "jobs/", "arn:run", "id", children, new WriterConfig { OutputType = "JSONL", Transformation = "FLATTEN" });
        files.Select(file => file.Key).ShouldBe(["jobs/id/manifest.json", "jobs/id/SUCCEEDED_0.jsonl", "jobs/id/FAILED_0.jsonl"]);
        Encoding.UTF8.GetString(files[1].Content.Span).ShouldBe("1\n2\n");
        var failed = JsonValue.Parse(files[2].Content.Span);
        failed["Error"].ShouldBe((JsonValue)"E");
        failed["Input"].ShouldBe((JsonValue)"2");
        JsonValue.Parse(files[0].Content.Span)["ResultFiles"]!["SUCCEEDED"]![0]!["Size"].ShouldBe((JsonValue)4);
    }

    async Task<JsonArray> Read(ReaderConfig? config, long maxItems = 0) =>
        await DatasetReader.ReadAsync(store, GetObject, JsonObject.Create(("Bucket", "data"), ("Key", "rows.csv")), config, maxItems, Cancellation);
}
