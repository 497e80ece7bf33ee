using System.Diagnostics;
using System.Text.Json;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Benchmarks;

/// <summary>
/// The engine on the workloads W1 to W8: definition compiled once, tasks answered in this process, the whole history kept in memory until an execution ends. One at a time, and 16 in
/// flight; medians of three rounds of two seconds.
/// </summary>
static class AslBenchmarks
{
    const int Rounds = 3;
    const int InFlight = 16;
    static readonly TimeSpan Warm = TimeSpan.FromSeconds(1.5);
    static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    /// <summary>How many states an execution enters, those of iterations and branches among them.</summary>
    static readonly Dictionary<string, int> Transitions = new()
    {
        ["W1"] = 10, ["W2"] = 10, ["W3"] = 2003, ["W4"] = 1001, ["W5"] = 51, ["W6"] = 21, ["W7"] = 10, ["W8"] = 10, ["W8-bytes"] = 10,
    };

    internal static async Task RunAsync(string[] only)
    {
        foreach (var name in Transitions.Keys.Where(name => only.Length == 0 || only.Contains(name))) await MeasureAsync(name);
    }

    static async Task MeasureAsync(string name)
    {
        var workload = name.Split('-')[0];
        var plan = ExecutionPlan.Compile(AslReader.Parse(BenchmarkData.Read($"workloads/{workload}.asl.json").ToJson()));
        var bytes = BenchmarkData.Read($"workloads/{workload}.input.json").ToUtf8Bytes();
        var input = JsonValue.Parse(bytes);
        var runner = new ExecutionRunner(new PeerFunctions());
        Func<ValueTask> run = name == "W8-bytes" ? FromBytesAsync : FromValueAsync;

        var first = Stopwatch.GetTimestamp();
        await run();
        var firstMilliseconds = Stopwatch.GetElapsedTime(first).TotalMilliseconds;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Warm;) await run();

        var latencies = new List<double>();
        var oneAtATime = new double[Rounds];
        var concurrent = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var count = 0;
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < Round || count < 3)
            {
                var started = Stopwatch.GetTimestamp();
                await run();
                if (count % 16 == 0) latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                count++;
            }

            oneAtATime[round] = count / clock.Elapsed.TotalSeconds;
            clock.Restart();
            var counts = await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
            {
                var done = 0;
                do
                {
                    await run();
                    done++;
                }
                while (clock.Elapsed < Round);
                return done;
            })));
            concurrent[round] = counts.Sum() / clock.Elapsed.TotalSeconds;
        }

        var allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < 10; i++) await run();
        var allocated = (GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore) / 10;
        latencies.Sort();
        Array.Sort(oneAtATime);
        Array.Sort(concurrent);
        var best = Math.Max(oneAtATime[Rounds / 2], concurrent[Rounds / 2]);
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["peer"] = "orkestra",
            ["w"] = name,
            ["exec_s_seq"] = Precision(oneAtATime[Rounds / 2]),
            ["exec_s_conc"] = Precision(concurrent[Rounds / 2]),
            ["trans_s"] = Math.Round(best * Transitions[name]),
            ["p50_ms"] = Precision(latencies[latencies.Count / 2]),
            ["p99_ms"] = Precision(latencies[Math.Min(latencies.Count - 1, latencies.Count * 99 / 100)]),
            ["first_ms"] = Precision(firstMilliseconds),
            ["n"] = latencies.Count,
            ["bytes_per_exec"] = allocated,
            ["peakRssMB"] = Math.Round(Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0),
        }));

        async ValueTask FromValueAsync() => Check(await runner.RunAsync(plan, input));

        async ValueTask FromBytesAsync()
        {
            var result = await runner.RunAsync(plan, JsonValue.Parse(bytes));
            Check(result);
            if (result.Output!.ToUtf8Bytes().Length == 0) throw new InvalidOperationException("No output.");
        }

        void Check(ExecutionResult result)
        {
            if (!result.IsSuccess) throw new InvalidOperationException($"{name} ended {result.Status}: {result.Error} {result.Cause}");
        }
    }

    static double Precision(double value) => double.Parse(value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
