using System.Diagnostics;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Sqlite;

namespace Orkestra.Benchmarks.Durable;

/// <summary>Executions of W2, ten tasks answered in this process, on a store of their own.</summary>
sealed class DurableLoad(string path, int inFlight)
{
    const int Steps = 10;

    readonly ExecutionPlan plan = ExecutionPlan.Compile(AslReader.Parse(BenchmarkData.Read("workloads/W2.asl.json").ToJson()));
    readonly JsonValue input = BenchmarkData.Read("workloads/W2.input.json");

    internal async Task<JsonObject.Builder> MeasureAsync(TimeSpan warm, TimeSpan round, int rounds)
    {
        var rates = new double[rounds];
        var latencies = new Latencies();
        var starts = new Latencies();
        long executions = 0;
        double processor;
        await using (var store = new SqliteExecutionStore(path))
        {
            await using var runtime = new OrkestraRuntime(new PeerFunctions(), new OrkestraOptions { Store = store });
            executions += await RunAsync(runtime, warm, new Latencies());
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var measured = 0L;
            for (var i = 0; i < rounds; i++)
            {
                var clock = Stopwatch.StartNew();
                var count = await RunAsync(runtime, round, latencies);
                rates[i] = count / clock.Elapsed.TotalSeconds;
                measured += count;
            }

            processor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / measured / Steps;
            executions += measured;
            executions += await StartAsync(runtime, round, starts);
        }

        // Closed, so that everything is in the one file.
        var bytes = new FileInfo(path).Length / (double)executions / Steps;
        Array.Sort(rates);
        var rate = rates[rounds / 2];
        return new JsonObject.Builder()
            .Set("engine", "orkestra")
            .Set("nm", "workflow 10 steps")
            .Set("conc", inFlight)
            .Set("wf_s", Figures.Rounded(rate))
            .Set("steps_s", Math.Round(rate * Steps))
            .Set("p50_ms", Figures.Rounded(latencies.Milliseconds(0.5)))
            .Set("p99_ms", Figures.Rounded(latencies.Milliseconds(0.99)))
            .Set("start_p50_ms", Figures.Rounded(starts.Milliseconds(0.5)))
            .Set("start_p99_ms", Figures.Rounded(starts.Milliseconds(0.99)))
            .Set("bytes_per_step", Math.Round(bytes))
            .Set("processor_us_per_step", Figures.Rounded(processor));
    }

    Task<long> RunAsync(OrkestraRuntime runtime, TimeSpan time, Latencies latencies) => InFlightAsync(time, latencies, async () => await runtime.RunAsync(plan, input));

    // Until the start is acknowledged; the executions run on beside it.
    async Task<long> StartAsync(OrkestraRuntime runtime, TimeSpan time, Latencies latencies)
    {
        var count = await InFlightAsync(time, latencies, async () => await runtime.StartAsync(plan, input));
        await runtime.DrainAsync();
        return count;
    }

    async Task<long> InFlightAsync(TimeSpan time, Latencies latencies, Func<Task> run)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            var done = 0L;
            do
            {
                var before = Stopwatch.GetTimestamp();
                await run();
                var ticks = Stopwatch.GetTimestamp() - before;
                lock (latencies) latencies.Add(ticks);
                done++;
            }
            while (clock.Elapsed < time);
            return done;
        })));
        return counts.Sum();
    }
}
