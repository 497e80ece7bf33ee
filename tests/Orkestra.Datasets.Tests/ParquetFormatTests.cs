using System.Globalization;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Datasets;
using Orkestra.Hosting.Objects;
using Parquet;
using Shouldly;
using Xunit;

namespace Orkestra.Datasets.Tests;

public sealed class ParquetFormatTests
{
    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Zstd)]
    public async Task Rows_are_objects_with_their_types(CompressionMethod compression)
    {
        var file = await Files.Parquet([Row.Full, new Row()], compression);
        var items = await Files.Read(file, "PARQUET");
        items[0].ShouldBe(JsonValue.Parse(
            """
            {
                "Id": 7, "Big": 18446744073709551615, "Name": "é\"", "On": true, "At": 1767323045678, "Price": -12.345, "Ratio": 0.1, "Single": 0.1, "Data": "AQI=",
                "Key": "0123abcd-0000-0000-0000-000000000000", "Tags": [1, 2], "Parts": [{ "Code": "a", "Count": 1 }, { "Code": null, "Count": 2 }],
                "Inner": { "Code": "x", "Count": 3 }, "Counts": { "p": 1, "q": 2 }
            }
            """));
        var names = ((JsonObject)items[0]).Select(member => member.Key);
        ((JsonObject)items[1]).Select(member => member.Key).ShouldBe(names);
        items[1]["Name"].ShouldBe(JsonValue.Null);
        items[1]["Ratio"].ShouldBe(JsonValue.Null);
        items[1]["Inner"].ShouldBe(JsonValue.Null);
    }

    [Fact]
    public async Task Moments_before_1970_are_rounded_down()
    {
        var file = await Files.Parquet([new Row { At = DateTime.UnixEpoch.AddTicks(-1) }, new Row { At = DateTime.UnixEpoch.AddMilliseconds(-2) }]);
        (await Files.Read(file, "PARQUET")).Select(row => row["At"]!.ToJson()).ShouldBe(["-1", "-2"]);
    }

    [Fact]
    public async Task Row_groups_are_read_one_after_the_other_and_no_further_than_needed()
    {
        var rows = Enumerable.Range(0, 50).Select(number => new Small { Id = number }).ToArray();
        var file = await Files.Parquet(rows, CompressionMethod.Gzip, 10);
        (await Files.Read(file, "PARQUET")).Select(row => row["Id"]!.ToJson()).ShouldBe(rows.Select(row => row.Id.ToString(CultureInfo.InvariantCulture)));
        (await Files.Read(file, "PARQUET", 15)).Count.ShouldBe(15);
        // What is behind the second row group is broken, and was not looked at.
        var broken = (byte[])file.Clone();
        var footer = BitConverter.ToInt32(file.AsSpan(file.Length - 8, 4));
        broken.AsSpan(file.Length - 8 - footer - 40, 40).Fill(0xFF);
        (await Files.Read(broken, "PARQUET", 15)).Count.ShouldBe(15);
        await Should.ThrowAsync<DatasetException>(() => Files.Read(broken, "PARQUET"));
    }

    [Fact]
    public async Task A_stream_that_cannot_seek_is_read_too()
    {
        var file = await Files.Parquet([new Small { Id = 4 }]);
        (await Files.Read(new OneWayStore(file), "PARQUET")).ToJson().ShouldBe("""[{"Id":4}]""");
        (await Files.Read(await Files.Zstandard(file), "PARQUET")).ToJson().ShouldBe("""[{"Id":4}]""");
        (await Should.ThrowAsync<DatasetException>(() => Files.Read(new OneWayStore(file), "PARQUET", options: Files.Options with { MaxObjectBytes = 10 }))).Message
            .ShouldContain("more than 10 bytes");
    }

    [Theory]
    [InlineData("", "it is too short")]
    [InlineData("PAR1", "it is too short")]
    [InlineData("PAR1............", "it does not end with 'PAR1'")]
    [InlineData("PAR1....\u007f\u007f\0\0PAR1", "its footer is longer than the file")]
    [InlineData("PAR1....\0\0\u007f\0PAR1", "The limit is 5 MiB")]
    public async Task What_is_not_a_parquet_file_is_refused(string content, string cause)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(content);
        (await Should.ThrowAsync<DatasetException>(() => Files.Read(bytes, "PARQUET"))).Message.ShouldContain(cause);
    }

    [Fact]
    public async Task A_damaged_file_is_a_failure_of_the_reader()
    {
        var file = await Files.Parquet([Row.Full]);
        var random = new Random(1);
        for (var turn = 0; turn < 150; turn++)
        {
            var damaged = (byte[])file.Clone();
            for (var i = 0; i < 4; i++) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                await Files.Read(damaged, "PARQUET");
            }
            catch (DatasetException problem)
            {
                problem.Message.ShouldNotBeNullOrEmpty();
            }
        }
    }

    [Fact]
    public async Task A_row_group_must_fit_into_memory()
    {
        var file = await Files.Parquet(Enumerable.Range(0, 1000).Select(number => new Small { Id = number }).ToArray());
        (await Should.ThrowAsync<DatasetException>(() => Files.Read(file, "PARQUET", 1, Files.Options with { MaxMemoryBytes = 10_000 }))).Message
            .ShouldStartWith("Row group 0 of the Parquet file has 1000 values, too many for 10000 bytes of memory.");
    }

    [Fact]
    public async Task A_version_of_a_parquet_file_is_not_supported() =>
        (await Should.ThrowAsync<DatasetException>(() => Files.Read(new MemoryObjectStore(), "PARQUET", versionId: "v"))).Message
            .ShouldBe("VersionId is not supported for the InputType PARQUET.");

    public sealed class Small
    {
        public int Id { get; set; }
    }

    public sealed class Part
    {
        public string? Code { get; set; }

        public short Count { get; set; }
    }

    public sealed class Row
    {
        public int Id { get; set; }

        public ulong Big { get; set; }

        public string? Name { get; set; }

        public bool On { get; set; }

        public DateTime At { get; set; }

        public decimal Price { get; set; }

        public double? Ratio { get; set; }

        public float Single { get; set; }

        public byte[]? Data { get; set; }

        public Guid Key { get; set; }

        public List<int>? Tags { get; set; }

        public List<Part>? Parts { get; set; }

        public Part? Inner { get; set; }

        public Dictionary<string, long>? Counts { get; set; }

        internal static Row Full => new()
        {
            Id = 7,
            Big = ulong.MaxValue,
            Name = "é\"",
            On = true,
            At = new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc),
            Price = -12.345m,
            Ratio = 0.1,
            Single = 0.1f,
            Data = [1, 2],
            Key = new Guid("0123abcd-0000-0000-0000-000000000000"),
            Tags = [1, 2],
            Parts = [new Part { Code = "a", Count = 1 }, new Part { Count = 2 }],
            Inner = new Part { Code = "x", Count = 3 },
            Counts = new Dictionary<string, long> { ["p"] = 1, ["q"] = 2 },
        };
    }

    sealed class OneWayStore(byte[] content) : IObjectStore
    {
        public ValueTask<Stream?> OpenAsync(string bucket, string key, string? versionId, CancellationToken cancellationToken) => new(new OneWay(content));

        public IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => throw new NotSupportedException();

        sealed class OneWay(byte[] content) : MemoryStream(content)
        {
            public override bool CanSeek => false;
        }
    }
}
