using System.IO.Compression;
using System.Text;
using Orkestra.Asl.Maps;
using Orkestra.Engine.Signals;
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
    public async Task A_format_that_is_missing_says_how_to_add_it()
    {
        store.Write("data", "rows.csv", new byte[] { 0x28, 0xB5, 0x2F, 0xFD, 0 });
        (await Refusal(new ReaderConfig { InputType = "JSONL" })).ShouldContain("ZstandardCompression");
        store.Write("data", "rows.csv", "PAR1....");
        (await Refusal(new ReaderConfig { InputType = "CSV" })).ShouldContain("Set InputType to PARQUET");
        (await Refusal(new ReaderConfig { InputType = "PARQUET" })).ShouldContain("add the package Orkestra.Datasets");
        (await Refusal(new ReaderConfig { InputType = "XML" })).ShouldBe("The input type 'XML' is not known. Use CSV, JSON, JSONL, PARQUET or MANIFEST.");
    }

    [Fact]
    public async Task A_listing_gives_metadata_or_content()
    {
        store.Write("data", "in/2.json", "[3]");
        store.Write("data", "in/1.json", "[1,2]");
        store.Write("data", "out/3.json", "[4]");
        var parameters = JsonObject.Create(("Bucket", "data"), ("Prefix", "in/"));
        var (listed, sources) = await DatasetReader.ReadAsync(store, DatasetOptions.Default, ListObjects, parameters, null, 0, Cancellation);
        listed.Count.ShouldBe(2);
        sources.ShouldBe([new ItemOrigin("S3://data", 2, false)]);
        listed[0]["Key"].ShouldBe((JsonValue)"in/1.json");
        listed[0]["Size"].ShouldBe((JsonValue)5);
        var loaded = await DatasetReader.ReadAsync(
            store, DatasetOptions.Default, ListObjects, parameters, new ReaderConfig { InputType = "JSON", Transformation = "LOAD_AND_FLATTEN" }, 0, Cancellation);
        loaded.Items.ToJson().ShouldBe("[1,2,3]");
        loaded.Parts.ShouldBe([new ItemOrigin("S3://data/in/1.json", 2, false), new ItemOrigin("S3://data/in/2.json", 1, false)]);
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
    [InlineData("JSON", "7", "Attempting to map over non-iterable node.")]
    [InlineData("CSV", "a,a\n", "CSV headers cannot contain duplicates.")]
    [InlineData("CSV", "", "CSV file has no header row.")]
    [InlineData("CSV", "\n\n", "CSV file has no header row.")]
    public async Task What_cannot_be_read_says_why(string type, string content, string cause)
    {
        store.Write("data", "rows.csv", content);
        (await Refusal(new ReaderConfig { InputType = type })).ShouldBe(cause);
    }

    [Theory]
    [InlineData("JSON", "[1,2", "Unable to parse the JSON file: ")]
    [InlineData("JSON", "", "Unable to parse the JSON file: ")]
    [InlineData("JSON", "[1] x", "Unable to parse the JSON file: ")]
    [InlineData("JSON", "[1e400]", "Unable to parse item 1 of the JSON file: ")]
    [InlineData("JSONL", "1\n\n{", "Unable to parse line 3 of the JSON Lines file: ")]
    public async Task Broken_text_says_where(string type, string content, string cause)
    {
        store.Write("data", "rows.csv", content);
        (await Refusal(new ReaderConfig { InputType = type })).ShouldStartWith(cause);
    }

    [Theory]
    [InlineData("JSON", "[\"é\"]", "[\"é\"]")]
    [InlineData("JSON", "{\"é\":1}", "[{\"Key\":\"é\",\"Value\":1}]")]
    [InlineData("JSON", "[{\"a\":[\"é\"]}]", "[{\"a\":[\"é\"]}]")]
    [InlineData("JSONL", "{\"a\":\"é\"}\n", "[{\"a\":\"é\"}]")]
    [InlineData("CSV", "a\né\n", "[{\"a\":\"é\"}]")]
    [InlineData("CSV", "é\n1\n", "[{\"é\":\"1\"}]")]
    public async Task Text_that_is_not_utf_8_is_refused(string type, string content, string json)
    {
        store.Write("data", "rows.csv", Encoding.Latin1.GetBytes(content));
        (await Refusal(new ReaderConfig { InputType = type })).ShouldContain("not valid UTF-8");
        store.Write("data", "rows.csv", content);
        (await Read(new ReaderConfig { InputType = type })).ToJson().ShouldBe(json);
        store.Write("data", "rows.csv", "\uFEFF" + content);
        (await Read(new ReaderConfig { InputType = type })).ToJson().ShouldBe(json);
    }

    [Fact]
    public async Task Members_of_an_object_are_items_with_key_and_value()
    {
        store.Write("data", "rows.csv", """{ "eu": { "x": 1 }, "u\u0073": [2], "n": null }""");
        var read = await ReadAll(new ReaderConfig { InputType = "JSON" });
        read.Items.ToJson().ShouldBe("""[{"Key":"eu","Value":{"x":1}},{"Key":"us","Value":[2]},{"Key":"n","Value":null}]""");
        read.Parts.ShouldBe([new ItemOrigin("S3://data/rows.csv", 3, true)]);
        (await ReadAll(new ReaderConfig { InputType = "JSON", ItemsPointer = "/eu" })).Items.ToJson().ShouldBe("""[{"Key":"x","Value":1}]""");
    }

    [Theory]
    [InlineData("/stock/open", "[\"p\",\"q\"]")]
    [InlineData("/stock/list/1", "[3]")]
    [InlineData("/stock/list/0/deep", "[true]")]
    [InlineData("/stock/~1", "[{\"Key\":\"~\",\"Value\":0}]")]
    [InlineData("", "[{\"Key\":\"first\",\"Value\":{\"open\":[0]}},{\"Key\":\"stock\",\"Value\":{\"none\":{},\"list\":[{\"deep\":[true]},[3]],\"/\":{\"~\":0},\"open\":[\"p\",\"q\"],\"sold\":7}}]")]
    public async Task A_pointer_leads_to_the_items(string pointer, string json)
    {
        store.Write("data", "rows.csv", Stock);
        (await Read(new ReaderConfig { ItemsPointer = pointer })).ToJson().ShouldBe(json);
    }

    [Theory]
    [InlineData("stock", "The ItemsPointer 'stock' is not a JSON pointer: start it with '/'.")]
    [InlineData("/open", "The ItemsPointer '/open' points at nothing: there is no 'open'.")]
    [InlineData("/stock/list/2", "The ItemsPointer '/stock/list/2' points at nothing: there is no '2'.")]
    [InlineData("/stock/list/-1", "The ItemsPointer '/stock/list/-1' points at nothing: there is no '-1'.")]
    [InlineData("/stock/sold/x", "The ItemsPointer '/stock/sold/x' points at nothing: there is no 'x'.")]
    [InlineData("/stock/sold", "Attempting to map over non-iterable node.")]
    public async Task A_pointer_to_nothing_is_refused(string pointer, string cause)
    {
        store.Write("data", "rows.csv", Stock);
        (await Refusal(new ReaderConfig { ItemsPointer = pointer })).ShouldBe(cause);
    }

    const string Stock = """{ "first": { "open": [0] }, "stock": { "none": {}, "list": [{ "deep": [true] }, [3]], "/": { "~": 0 }, "open": ["p", "q"], "sold": 7 } }""";

    [Theory]
    [InlineData("p\nC:\\\\Program Files\\\\App.exe\n", "COMMA", """C:\Program Files\App.exe""")]
    [InlineData("p\na\\,b\n", "COMMA", "a,b")]
    [InlineData("p\na\\|b\n", "PIPE", "a|b")]
    [InlineData("p\na\\xb\n", "COMMA", "axb")]
    [InlineData("p\n\"a\\\"b\\\\\"\n", "COMMA", "a\"b\\")]
    [InlineData("p\na\\", "COMMA", "a")]
    public async Task A_backslash_escapes_in_delimited_text(string csv, string delimiter, string value)
    {
        store.Write("data", "rows.csv", csv);
        (await Read(new ReaderConfig { InputType = "CSV", CSVDelimiter = delimiter }))[0]["p"].ShouldBe((JsonValue)value);
    }

    [Fact]
    public async Task Reading_in_small_pieces_changes_nothing()
    {
        var slow = new TrickleStore();
        string[][] cases =
        [
            ["JSON", """{ "a": [1, { "b": "\u00e9 é" }], "\"": "x" }"""],
            ["JSONL", "{\"a\":1}\r\n\n [2]\n\"é\""],
            ["CSV", "a,b\r\n\"x,\"\"y\"\"\r\nz\",2\r\n\\\\,é\r\n"],
        ];
        foreach (var (type, content) in cases.Select(each => (each[0], each[1])))
        {
            store.Write("data", "rows.csv", content);
            slow.Content = Encoding.UTF8.GetBytes(content);
            var expected = await Read(new ReaderConfig { InputType = type });
            (await DatasetReader.ReadAsync(slow, DatasetOptions.Default, GetObject, Rows, new ReaderConfig { InputType = type }, 0, Cancellation)).Items.ShouldBe(expected);
        }
    }

    [Fact]
    public async Task An_athena_manifest_names_files_of_one_format()
    {
        store.Write("out", "year=2026%2F1/a#1", "1,2\n");
        store.Write("out", "b", "3,4\n");
        store.Write("data", "rows.csv", "s3://out/year=2026%2F1/a#1\ns3://out/b\n");
        var config = new ReaderConfig { ManifestType = "ATHENA_DATA", InputType = "CSV", CSVHeaderLocation = "GIVEN", CSVHeaders = ["x", "y"] };
        var read = await ReadAll(config);
        read.Items.ToJson().ShouldBe("""[{"x":"1","y":"2"},{"x":"3","y":"4"}]""");
        read.Parts.Select(part => part.Source).ShouldBe(["S3://out/year=2026%2F1/a#1", "S3://out/b"]);
        (await Read(config, 1)).Count.ShouldBe(1);
        store.Write("out", "b", Encoding.Latin1.GetBytes("é\n"));
        (await Refusal(config)).ShouldStartWith("s3://out/b: ");
        store.Write("data", "rows.csv", "https://out/a\n");
        (await Refusal(config)).ShouldBe("The manifest's line 'https://out/a' is not the s3:// address of an object.");
    }

    [Fact]
    public async Task Negative_limits_and_missing_objects_are_refused()
    {
        (await Should.ThrowAsync<DatasetException>(async () => await Read(null, -1))).Message.ShouldBe("field MaxItems must be positive");
        (await Should.ThrowAsync<DatasetException>(async () => await Read(null))).Message.ShouldContain("'rows.csv'");
    }

    static JsonObject Rows => JsonObject.Create(("Bucket", "data"), ("Key", "rows.csv"));

    async Task<JsonArray> Read(ReaderConfig? config, long maxItems = 0) => (await ReadAll(config, maxItems)).Items;

    async Task<Dataset> ReadAll(ReaderConfig? config, long maxItems = 0) =>
        await DatasetReader.ReadAsync(store, DatasetOptions.Default, GetObject, Rows, config, maxItems, Cancellation);

    async Task<string> Refusal(ReaderConfig? config) => (await Should.ThrowAsync<DatasetException>(() => ReadAll(config))).Message;

    /// <summary>A store whose stream gives a byte at a time.</summary>
    sealed class TrickleStore : IObjectStore
    {
        internal byte[] Content { get; set; } = [];

        public ValueTask<Stream?> OpenAsync(string bucket, string key, string? versionId, CancellationToken cancellationToken) => new(new Trickle(Content));

        public IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => throw new NotSupportedException();

        sealed class Trickle(byte[] content) : MemoryStream(content)
        {
            public override bool CanSeek => false;

            public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
                base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
        }
    }
}
