using System.Diagnostics;
using System.Text.Json;
using Orkestra.Lambda.Emulator;

namespace Orkestra.Benchmarks.Lambda;

/// <summary>
/// Starts of a function until its first answer, and warm calls: one step of HelloOrkestra as Native AOT and as a JIT process, with observability off and on,
/// against a bare loop over a raw socket; and one of Observed, whose spans OpenTelemetry sends to a collector, beside itself with observability off. All take turns in one
/// run, as absolute times drift.
/// </summary>
static class LambdaBenchmarks
{
    const int WarmCalls = 200;

    static readonly (string, string)[] Off = [("ORKESTRA_OBSERVABILITY", "false")];
    static readonly (string, string)[] On = [("ORKESTRA_OBSERVABILITY", "true")];

    public static async Task<int> RunAsync(int starts)
    {
        if (PublishedFunction.NoNativeReason is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
            return 2;
        }

        var bare = await PublishedFunction.PublishAsync("bench/Orkestra.Benchmarks.BareLoop", native: true);
        var native = await PublishedFunction.PublishAsync("samples/HelloOrkestra", native: true);
        var managed = await PublishedFunction.PublishAsync("samples/HelloOrkestra", native: false);
        var nativeTraced = await PublishedFunction.PublishAsync("samples/Observed", native: true);
        var managedTraced = await PublishedFunction.PublishAsync("samples/Observed", native: false);
        await using var collector = new OtlpCollector();
        Candidate bareAot = new("bare-aot", bare.Program), aot = new("aot", native.Program), aotObserved = new("aot-observed", native.Program, On),
            jit = new("jit", managed.Program), jitObserved = new("jit-observed", managed.Program, On),
            aotSilent = Traced("aot-otel-off", nativeTraced, Off), aotTraced = Traced("aot-otel-collector", nativeTraced, [.. On, .. collector.Variables]),
            jitSilent = Traced("jit-otel-off", managedTraced, Off), jitTraced = Traced("jit-otel-collector", managedTraced, [.. On, .. collector.Variables]);
        Candidate[] candidates = [bareAot, aot, aotObserved, aotSilent, aotTraced, jit, jitObserved, jitSilent, jitTraced];
        for (var round = -1; round < starts; round++)
            foreach (var candidate in candidates)
                await MeasureAsync(candidate, keep: round >= 0);

        foreach (var candidate in candidates)
            Print(new()
            {
                ["bench"] = "lambda",
                ["program"] = candidate.Name,
                ["starts"] = starts,
                ["firstAnswerMs"] = Median(candidate.First),
                ["firstAnswerMinMs"] = Math.Round(candidate.First.Min(), 2),
                ["warmUs"] = Median(candidate.Warm),
                ["bytes"] = new FileInfo(candidate.Program).Length,
            });
        Print(new()
        {
            ["bench"] = "lambda-ratios",
            ["jitOverAot"] = Ratio(jit, aot),
            ["aotOverBare"] = Ratio(aot, bareAot),
            ["observedOverAot"] = Ratio(aotObserved, aot),
            ["observedOverJit"] = Ratio(jitObserved, jit),
            ["collectorOverAot"] = Ratio(aotTraced, aotSilent),
            ["collectorOverJit"] = Ratio(jitTraced, jitSilent),
            ["warmOverBareUs"] = More(aot, bareAot),
            ["warmObservedAotUs"] = More(aotObserved, aot),
            ["warmObservedJitUs"] = More(jitObserved, jit),
            ["warmCollectorAotUs"] = More(aotTraced, aotSilent),
            ["warmCollectorJitUs"] = More(jitTraced, jitSilent),
        });
        return 0;
    }

    static Candidate Traced(string name, PublishedFunction published, (string, string)[] environment) =>
        new(name, published.Program, environment) { Step = "Measure", Payload = "null" };

    static async Task MeasureAsync(Candidate candidate, bool keep)
    {
        var emulator = new RuntimeApiEmulator();
        // The request waits when the process comes up, as it does in Lambda.
        var first = emulator.InvokeAsync(candidate.Payload);
        await using var function = FunctionProcess.Start(candidate.Program, candidate.Step, emulator, candidate.Environment);
        var answer = await first.WaitAsync(TimeSpan.FromSeconds(30));
        if (answer.IsError) throw new InvalidOperationException($"{candidate.Name}: {answer.Body}");
        if (!keep) return;
        candidate.First.Add(Stopwatch.GetElapsedTime(function.StartedAt, answer.At).TotalMilliseconds);
        for (var call = 0; call < WarmCalls; call++)
        {
            var at = Stopwatch.GetTimestamp();
            answer = await emulator.InvokeAsync(candidate.Payload);
            if (call >= WarmCalls / 2) candidate.Warm.Add(Stopwatch.GetElapsedTime(at, answer.At).TotalMicroseconds);
        }
    }

    static double Median(List<double> values)
    {
        double[] ordered = [.. values.Order()];
        var middle = ordered.Length / 2;
        return Math.Round(ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2, 2);
    }

    static double Ratio(Candidate one, Candidate other) => Math.Round(Median(one.First) / Median(other.First), 2);

    static double More(Candidate one, Candidate other) => Math.Round(Median(one.Warm) - Median(other.Warm), 1);

    static void Print(Dictionary<string, object> row) => Console.WriteLine(JsonSerializer.Serialize(row));

    sealed record Candidate(string Name, string Program, params (string, string)[] Environment)
    {
        public string Step { get; init; } = "AddPrice";

        public string Payload { get; init; } = """{"name":"moth","price":1.10}""";

        public List<double> First { get; } = [];

        public List<double> Warm { get; } = [];
    }
}
