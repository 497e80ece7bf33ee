using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Benchmarks;

/// <summary>
/// The engine on the workloads W1 to W8: definition compiled once, tasks answered in this process, the whole history kept in memory until an execution ends. One at a time, and 16 in
/// flight; medians of three rounds of two seconds. With the peers' folder each row is measured right after its peer's, and their ratio is printed.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The process ends with the benchmark.")]
sealed class AslBenchmarks
{
    const int Rounds = 3;
    const int InFlight = 16;
    static readonly TimeSpan Warm = TimeSpan.FromSeconds(1.5);
    static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    readonly Workload workload;
    readonly ExecutionPlan plan;
    readonly byte[] bytes;
    readonly JsonValue input;
    readonly OrkestraRuntime runner = new(new PeerFunctions());

    AslBenchmarks(Workload workload)
    {
        this.workload = workload;
        plan = ExecutionPlan.Compile(AslReader.Parse(BenchmarkData.Read($"workloads/{workload.File}.asl.json").ToJson()));
        bytes = BenchmarkData.Read($"workloads/{workload.File}.input.json").ToUtf8Bytes();
        input = JsonValue.Parse(bytes);
    }

    internal static async Task RunAsync(string[] arguments)
    {
        var peer = Peer.From(ref arguments);
        var peerLines = new Dictionary<string, JsonObject>();
        foreach (var workload in Workload.All.Where(one => arguments.Length == 0 || arguments.Contains(one.Name)))
        {
            if (peer is not null && !peerLines.ContainsKey(workload.File)) peerLines[workload.File] = Measured(peer, workload.File);
            var line = await new AslBenchmarks(workload).MeasureAsync();
            Console.WriteLine(line.ToJson());
            if (peer is not null) Console.WriteLine(RatioOf(workload, line, peerLines[workload.File]).ToJson());
        }
    }

    // The peer ignores JSONata: W7 is held against its ten expressions alone.
    static JsonObject Measured(Peer peer, string workload) => workload == "W7"
        ? peer.Run("jsonata/bench.js").Single(line => line["name"] == "W7-chain-of-10")
        : peer.Run("peers/bench-alsf.js", workload).Single();

    static JsonObject RatioOf(Workload workload, JsonObject ours, JsonObject theirs) => new JsonObject.Builder()
        .Set("ratio", workload.Name)
        .Set("seq", Figures.Rounded(Number(ours, "exec_s_seq") / Number(theirs, "exec_s_seq")))
        .Set("conc", Figures.Rounded(Number(ours, "exec_s_conc") / Number(theirs, "exec_s_conc")))
        .Set("p50", Figures.Rounded(Number(theirs, "p50_ms") / Number(ours, "p50_ms")))
        .Set("floor", workload.Floor)
        .Set("goal", workload.Goal)
        .Build();

    static double Number(JsonObject line, string name) => ((JsonNumber)(line[name] ?? line["evals_s"])!).Value;

    async Task<JsonObject> MeasureAsync()
    {
        var first = Stopwatch.GetTimestamp();
        await RunOnceAsync();
        var firstMilliseconds = Stopwatch.GetElapsedTime(first).TotalMilliseconds;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Warm;) await RunOnceAsync();

        var latencies = new Latencies();
        var oneAtATime = new double[Rounds];
        var concurrent = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            oneAtATime[round] = await OneAtATimeAsync(latencies);
            concurrent[round] = await ConcurrentAsync();
        }

        var allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < 10; i++) await RunOnceAsync();
        var allocated = (GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore) / 10;
        Array.Sort(oneAtATime);
        Array.Sort(concurrent);
        var best = Math.Max(oneAtATime[Rounds / 2], concurrent[Rounds / 2]);
        return new JsonObject.Builder()
            .Set("peer", "orkestra")
            .Set("w", workload.Name)
            .Set("exec_s_seq", Figures.Rounded(oneAtATime[Rounds / 2]))
            .Set("exec_s_conc", Figures.Rounded(concurrent[Rounds / 2]))
            .Set("trans_s", Math.Round(best * workload.Transitions))
            .Set("p50_ms", Figures.Rounded(latencies.Milliseconds(0.5)))
            .Set("p99_ms", Figures.Rounded(latencies.Milliseconds(0.99)))
            .Set("first_ms", Figures.Rounded(firstMilliseconds))
            .Set("n", latencies.Count)
            .Set("peakRssMB", Math.Round(Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0))
            .Set("bytes_per_exec", allocated)
            .Build();
    }

    async Task<double> OneAtATimeAsync(Latencies latencies)
    {
        var count = 0;
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(Round.TotalSeconds * Stopwatch.Frequency);
        var before = start;
        while (before < end || count < 3)
        {
            await RunOnceAsync();
            var after = Stopwatch.GetTimestamp();
            latencies.Add(after - before);
            before = after;
            count++;
        }

        return count / Stopwatch.GetElapsedTime(start, before).TotalSeconds;
    }

    async Task<double> ConcurrentAsync()
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
        {
            var done = 0;
            do
            {
                await RunOnceAsync();
                done++;
            }
            while (clock.Elapsed < Round);
            return done;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    async ValueTask RunOnceAsync()
    {
        if (!workload.IsFromBytes)
        {
            OutputOf(await runner.RunAsync(plan, input));
            return;
        }

        var value = JsonValue.Parse(bytes);
        if (workload.IsRead) Touch(value);
        var output = OutputOf(await runner.RunAsync(plan, value));
        if (output.ToUtf8Bytes().Length <= bytes.Length) throw new InvalidOperationException("The output lacks something.");
    }

    // Has every value made, down to the text of strings.
    static int Touch(JsonValue value)
    {
        var touched = 1;
        if (value is JsonArray array)
        {
            foreach (var element in array) touched += Touch(element);
        }
        else if (value is JsonObject members)
        {
            foreach (var member in members.Values) touched += Touch(member);
        }

        return touched;
    }

    JsonValue OutputOf(ExecutionResult result) =>
        result.IsSuccess ? result.Output! : throw new InvalidOperationException($"{workload.Name} ended {result.Status}: {result.Error} {result.Cause}");
}
