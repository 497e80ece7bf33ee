using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Datasets;
using Orkestra.Hosting.Objects;

namespace Orkestra.Benchmarks.Items;

/// <summary>What item readers take: time and the largest working set, a row for each format and for a compressed object that expands to a gigabyte.</summary>
static class ItemBenchmarks
{
    const int Rows = 300_000;

    internal static async Task RunAsync()
    {
        var store = new MemoryObjectStore(TimeProvider.System);
        store.Write("b", "bomb", Bomb());
        await RowAsync(store, "gzip of 1 GB, MaxItems 10", "bomb", "JSON", 10);
        foreach (var (type, first, row, last) in new[] { ("JSON", "[0", ",{\"id\":7,\"name\":\"somebody\",\"tags\":[1,2]}", "]"), ("JSONL", "", "{\"id\":7,\"name\":\"somebody\",\"tags\":[1,2]}\n", ""), ("CSV", "id,name,tags\n", "7,somebody,\"1,2\"\n", "") })
        {
            store.Write("b", "rows", first + string.Concat(Enumerable.Repeat(row, Rows)) + last);
            await RowAsync(store, $"{Rows} rows of {type}", "rows", type, 0);
        }
    }

    static async Task RowAsync(MemoryObjectStore store, string row, string key, string type, long maxItems)
    {
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();
        var read = await DatasetReader.ReadAsync(
            store, DatasetOptions.Default, "arn:aws:states:::s3:getObject", JsonObject.Create(("Bucket", "b"), ("Key", key)), new ReaderConfig { InputType = type }, maxItems, CancellationToken.None);
        var seconds = clock.Elapsed.TotalSeconds;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(JsonObject.Create(
            ("row", row), ("items", read.Items.Count), ("milliseconds", Math.Round(seconds * 1000, 1)),
            ("allocatedMB", Math.Round((GC.GetTotalAllocatedBytes(precise: true) - before) / 1e6, 1)), ("peakWorkingSetMB", Math.Round(process.PeakWorkingSet64 / 1e6))).ToJson());
    }

    static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write("[1"u8);
            var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(",1", 500_000)));
            for (var i = 0; i < 1000; i++) zip.Write(block);
        }

        return packed.ToArray();
    }
}
