using System.IO.Compression;
using System.Text;
using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Datasets;
using Orkestra.Hosting.Objects;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Datasets;

/// <summary>What a reader takes of an object: a stream, no further than asked, and no more than allowed.</summary>
public sealed class DatasetLimitTests
{
    static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("JSON", "[1", ",1", 10)]
    [InlineData("JSON", "{\"a\":{}", ",\"a\":{}", 10)]
    [InlineData("JSONL", "", "{\"a\":1}\n", 10)]
    [InlineData("CSV", "a\n", "1\n", 10)]
    public async Task A_gzip_bomb_is_read_no_further_than_its_first_items(string type, string first, string again, long maxItems)
    {
        var store = new EndlessStore(first, again);
        var read = await Read(store, DatasetOptions.Default, type, maxItems);
        read.Items.Count.ShouldBe((int)maxItems);
        store.Given.ShouldBeLessThan(1024 * 1024);
    }

    [Theory]
    [InlineData("JSON", "[1", ",1")]
    [InlineData("JSONL", "", "{\"a\":1}\n")]
    [InlineData("CSV", "a\n", "1\n")]
    public async Task A_gzip_bomb_ends_at_the_limit_of_an_object(string type, string first, string again)
    {
        var options = new DatasetOptions { MaxObjectBytes = 400_000 };
        (await Refusal(new EndlessStore(first, again), options, type)).ShouldBe(
            "The object has more than 400000 bytes, the limit of one object. Split it, or raise DatasetOptions.MaxObjectBytes.");
    }

    [Theory]
    [InlineData("JSON", "[1", ",1")]
    [InlineData("JSON", "[[1", ",1],[1")]
    [InlineData("JSONL", "", "[1,1,1,1,1,1,1,1]\n")]
    [InlineData("CSV", "a,b,c,d\n", ",,,\n")]
    public async Task Items_take_no_more_memory_than_they_may(string type, string first, string again)
    {
        var options = new DatasetOptions { MaxMemoryBytes = 1_000_000 };
        var store = new EndlessStore(first, again);
        (await Refusal(store, options, type)).ShouldBe("The items take more than 1000000 bytes of memory. Read fewer with MaxItems, or raise DatasetOptions.MaxMemoryBytes.");
        store.Given.ShouldBeLessThan(2_000_000);
    }

    [Theory]
    [InlineData("JSON", "[\"", "x")]
    [InlineData("JSON", "[[1", ",1")]
    [InlineData("JSON", "[{\"", "x")]
    [InlineData("JSONL", "\"", "x")]
    [InlineData("CSV", "a\n\"", "x")]
    [InlineData("CSV", "a\n", ",")]
    public async Task An_item_has_no_more_bytes_than_it_may(string type, string first, string again)
    {
        var options = new DatasetOptions { MaxItemBytes = 100_000 };
        var store = new EndlessStore(first, again);
        (await Refusal(store, options, type)).ShouldBe("An item has more than 100000 bytes, the limit of one item. Split it, or raise DatasetOptions.MaxItemBytes.");
        store.Given.ShouldBeLessThan(1_000_000);
    }

    [Theory]
    [InlineData("JSON", "[0,\"", "\"]")]
    [InlineData("JSONL", "0\n\"", "\"")]
    [InlineData("CSV", "a\n0\n", "")]
    public async Task An_item_may_have_as_many_bytes_as_the_limit_says(string type, string before, string after)
    {
        const int Most = 50_000;
        var store = new MemoryObjectStore();
        var quotes = before.EndsWith('"') ? 2 : 0;
        foreach (var (length, fits) in new[] { (Most, true), (Most + 1, false) })
        {
            // A CSV row ends where the text does.
            store.Write("b", "k", before + new string('x', length - quotes) + after);
            var options = new DatasetOptions { MaxItemBytes = Most };
            if (fits) (await Read(store, options, type)).Items.Count.ShouldBe(2);
            else (await Refusal(store, options, type)).ShouldStartWith("An item has more than 50000 bytes");
        }
    }

    [Fact]
    public async Task A_definition_cannot_ask_for_more_items_than_the_limit()
    {
        var store = new MemoryObjectStore();
        store.Write("b", "k", "[1,2,3,4]");
        (await Read(store, new DatasetOptions { MaxItems = 3 }, "JSON", 4)).Items.ToJson().ShouldBe("[1,2,3]");
        (await Read(store, new DatasetOptions { MaxItems = 3 }, "JSON")).Items.ToJson().ShouldBe("[1,2,3]");
    }

    [Fact]
    public async Task Headers_have_at_most_ten_kibibytes()
    {
        var store = new MemoryObjectStore();
        store.Write("b", "k", new string('x', 10 * 1024) + ",y\n1,2\n");
        (await Refusal(store, DatasetOptions.Default, "CSV")).ShouldBe("The CSV headers have more than 10 KiB, the limit of headers.");
    }

    [Fact]
    public async Task A_listing_is_followed_no_further_than_its_first_items()
    {
        var store = new EndlessStore("", "");
        var read = await DatasetReader.ReadAsync(store, DatasetOptions.Default, "arn:aws:states:::s3:listObjectsV2", JsonObject.Create(("Bucket", "b")), null, 5, Cancellation);
        read.Items.Count.ShouldBe(5);
        store.Listed.ShouldBeLessThan(10);
    }

    static async Task<Dataset> Read(IObjectStore store, DatasetOptions options, string type, long maxItems = 0) => await DatasetReader.ReadAsync(
        store, options, "arn:aws:states:::s3:getObject", JsonObject.Create(("Bucket", "b"), ("Key", "k")), new ReaderConfig { InputType = type }, maxItems, Cancellation);

    static async Task<string> Refusal(IObjectStore store, DatasetOptions options, string type) =>
        (await Should.ThrowAsync<DatasetException>(() => Read(store, options, type))).Message;

    /// <summary>A store whose objects never end, compressed with gzip; it counts the bytes before compression and the entries it gave.</summary>
    sealed class EndlessStore(string first, string again) : IObjectStore
    {
        internal long Given { get; private set; }

        internal int Listed { get; private set; }

        public ValueTask<Stream?> OpenAsync(string bucket, string key, string? versionId, CancellationToken cancellationToken) => new(new Endless(this));

        public async IAsyncEnumerable<StoredObject> ListAsync(
            string bucket, string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            while (true)
            {
                if (Listed > 1000) throw new InvalidOperationException("The listing is followed too far.");
                yield return new StoredObject($"k{Listed++}", 1, DateTimeOffset.UnixEpoch, "\"e\"");
            }
        }

        public ValueTask WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => throw new NotSupportedException();

        sealed class Endless : MemoryStream
        {
            readonly EndlessStore store;
            readonly GZipStream zip;
            readonly byte[] block;

            internal Endless(EndlessStore store)
            {
                this.store = store;
                zip = new GZipStream(this, CompressionLevel.Fastest, leaveOpen: true);
                zip.Write(Encoding.UTF8.GetBytes(store.FirstText));
                block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(store.AgainText, 1 + (4096 / store.AgainText.Length))));
            }

            public override bool CanSeek => false;

            int at;

            public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            {
                while (Length == at)
                {
                    if (store.Given > 20_000_000) throw new InvalidOperationException("The object is read too far.");
                    SetLength(at = 0);
                    zip.Write(block);
                    zip.Flush();
                    store.Given += block.Length;
                }

                var count = Math.Min(buffer.Length, (int)Length - at);
                GetBuffer().AsMemory(at, count).CopyTo(buffer);
                at += count;
                return new(count);
            }
        }

        string FirstText => first;

        string AgainText => again;
    }
}
