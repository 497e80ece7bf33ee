using System.Text.Json;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Benchmarks;

/// <summary>
/// What an execution holds in memory: one that waits, with and without a store, and one that ended and whose result is kept. A line of JSON for each: bytes an execution, of
/// 10,000. The store of the rows with one keeps nothing itself.
/// </summary>
static class MemoryBenchmarks
{
    const int Count = 10_000;

    static readonly ExecutionPlan Waits = ExecutionPlan.Compile(AslReader.Parse("""{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":86400,"End":true}}}"""));

    static readonly ExecutionPlan TenStates = ExecutionPlan.Compile(AslReader.Parse(
        "{\"StartAt\":\"S0\",\"States\":{"
        + string.Join(',', Enumerable.Range(0, 10).Select(i => $"\"S{i}\":{{\"Type\":\"Pass\",{(i == 9 ? "\"End\":true" : $"\"Next\":\"S{i + 1}\"")}}}"))
        + "}}"));

    internal static async Task RunAsync()
    {
        await HeldAsync("waiting", new OrkestraOptions(), Waits, leaves: false);
        await HeldAsync("waiting, stored, in memory", new OrkestraOptions { Store = new TakingStore(), IdleTimeout = TimeSpan.FromHours(1) }, Waits, leaves: false);
        await HeldAsync("waiting, stored, left the memory", new OrkestraOptions { Store = new TakingStore(), IdleTimeout = TimeSpan.Zero }, Waits, leaves: true);
        await FinishedAsync();
    }

    static async Task HeldAsync(string row, OrkestraOptions options, ExecutionPlan plan, bool leaves)
    {
        await using var runtime = new OrkestraRuntime(new PeerFunctions(), options);
        runtime.StateMachines.Add("Waits", plan);
        await StartAsync(runtime, "warm", 100);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await StartAsync(runtime, "run", Count);
        // Real time: the sweep runs ten times a second.
        if (leaves) await Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None);
        Print(row, GC.GetTotalMemory(forceFullCollection: true) - before);
        GC.KeepAlive(runtime);
    }

    static async Task StartAsync(OrkestraRuntime runtime, string prefix, int count)
    {
        for (var i = 0; i < count; i++) await runtime.StartAsync("Waits", JsonValue.Parse("""{"order":17}"""), $"{prefix}-{i}");
    }

    static async Task FinishedAsync()
    {
        await using var runtime = new OrkestraRuntime(new PeerFunctions());
        var results = new ExecutionResult[Count];
        await runtime.RunAsync(TenStates, JsonValue.Parse("""{"order":17}"""));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Count; i++) results[i] = await runtime.RunAsync(TenStates, JsonValue.Parse("""{"order":17}"""));
        Print("finished, ten states", GC.GetTotalMemory(forceFullCollection: true) - before);
        GC.KeepAlive(results);
    }

    static void Print(string row, long bytes) =>
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object> { ["w"] = row, ["executions"] = Count, ["bytes_each"] = bytes / Count }));
}
