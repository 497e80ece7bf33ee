using System.Diagnostics;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Sqlite;

namespace Orkestra.Benchmarks.Durable;

/// <summary>Executions that wait for a day: how fast they start, and how long a runtime takes to have them again.</summary>
static class RecoveryBenchmarks
{
    const string Waiting =
        """
        { "StartAt": "Wait", "States": { "Wait": { "Type": "Wait", "Seconds": 86400, "Next": "Done" }, "Done": { "Type": "Succeed" } } }
        """;

    internal static async Task<IReadOnlyList<JsonObject.Builder>> RunAsync(string folder, int count)
    {
        var path = Path.Combine(folder, "waiting.db");
        var plan = ExecutionPlan.Compile(AslReader.Parse(Waiting));
        var starts = new Latencies();
        TimeSpan starting;
        await using (var store = new SqliteExecutionStore(path))
        {
            await using var runtime = new OrkestraRuntime(options: new OrkestraOptions { Store = store });
            runtime.StateMachines.Add("Waiting", plan);
            var clock = Stopwatch.StartNew();
            await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, cancellationToken) =>
            {
                var before = Stopwatch.GetTimestamp();
                await runtime.StartAsync("Waiting", JsonObject.Create(("order", i)), $"order-{i}", cancellationToken);
                var ticks = Stopwatch.GetTimestamp() - before;
                lock (starts) starts.Add(ticks);
            });
            await runtime.DrainAsync();
            starting = clock.Elapsed;
        }

        var size = new FileInfo(path).Length;
        var opening = Stopwatch.StartNew();
        await using var reopened = new SqliteExecutionStore(path);
        opening.Stop();
        await using var resumed = new OrkestraRuntime(options: new OrkestraOptions { Store = reopened });
        resumed.StateMachines.Add("Waiting", plan);
        var resuming = Stopwatch.StartNew();
        var summary = await resumed.ResumeAllAsync();
        await resumed.DrainAsync();
        resuming.Stop();
        if (summary.Resumed.Count != count) throw new InvalidOperationException($"{summary.Resumed.Count} of {count} executions go on.");
        return
        [
            new JsonObject.Builder()
                .Set("nm", "executions that wait")
                .Set("n", count)
                .Set("starts_s", Figures.Rounded(count / starting.TotalSeconds))
                .Set("start_p50_ms", Figures.Rounded(starts.Milliseconds(0.5)))
                .Set("start_p99_ms", Figures.Rounded(starts.Milliseconds(0.99)))
                .Set("bytes_per_execution", size / count)
                .Set("open_ms", Figures.Rounded(opening.Elapsed.TotalMilliseconds))
                .Set("resume_all_ms", Figures.Rounded(resuming.Elapsed.TotalMilliseconds))
                .Set("memoryMB", Math.Round(GC.GetTotalMemory(forceFullCollection: true) / 1048576.0))
                .Set("peakRssMB", Math.Round(Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0)),
        ];
    }
}
