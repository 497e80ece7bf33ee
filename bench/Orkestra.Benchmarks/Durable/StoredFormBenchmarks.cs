using System.Buffers;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Sqlite;
using Orkestra.Sqlite.Packing;

namespace Orkestra.Benchmarks.Durable;

/// <summary>
/// How many bytes a step is as signals and as the events of its history, and what writing them costs: why the store keeps signals alone.
/// </summary>
static class StoredFormBenchmarks
{
    internal static async Task RunAsync(string path)
    {
        var plan = ExecutionPlan.Compile(AslReader.Parse(BenchmarkData.Read("workloads/W2.asl.json").ToJson()));
        var input = BenchmarkData.Read("workloads/W2.input.json");
        await using var store = new SqliteExecutionStore(path);
        await using var runtime = new OrkestraRuntime(new PeerFunctions(), new OrkestraOptions { Store = store });
        var ended = await runtime.RunAsync(plan, input);
        var signals = await store.ReadSignalsAsync(ended.Arn, CancellationToken.None);
        var history = ended.History.ToArray();
        using var packed = new PackedBuffer();
        foreach (var signal in signals) SignalPacking.Write(signal, packed);
        var json = new ArrayBufferWriter<byte>();
        foreach (var signal in signals) signal.Write(json);
        var events = history.Sum(one => one.ToJson().Utf8Length);
        var pack = Measurement.Of(
            () =>
            {
                using var buffer = new PackedBuffer();
                foreach (var signal in signals) SignalPacking.Write(signal, buffer);
            },
            TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.3));
        var write = Measurement.Of(
            () =>
            {
                json.ResetWrittenCount();
                for (var i = 0; i < ended.History.Count; i++) JsonWriter.Write(ended.History[i].ToJson(), json);
            },
            TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.3));
        var replay = Measurement.Of(
            () => runtime.ReadHistoryAsync(ended.Arn).GetAwaiter().GetResult(), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.3));
        Console.WriteLine(new JsonObject.Builder()
            .Set("nm", "stored form of 10 steps")
            .Set("packed_signal_bytes", packed.Count)
            .Set("json_signal_bytes", signals.Sum(SizeOf))
            .Set("history_bytes", events)
            .Set("pack_signals_us", Figures.Rounded(1e6 / pack.PerSecond))
            .Set("write_history_us", Figures.Rounded(1e6 / write.PerSecond))
            .Set("history_from_signals_us", Figures.Rounded(1e6 / replay.PerSecond))
            .Build().ToJson());
    }

    static int SizeOf(Engine.Signals.ExecutionSignal signal)
    {
        var buffer = new ArrayBufferWriter<byte>();
        signal.Write(buffer);
        return buffer.WrittenCount;
    }
}
