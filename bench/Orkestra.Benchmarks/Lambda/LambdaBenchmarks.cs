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
        FunctionCandidate bareAot = new("bare-aot", bare.Program), aot = new("aot", native.Program), aotObserved = new("aot-observed", native.Program, On),
            jit = new("jit", managed.Program), jitObserved = new("jit-observed", managed.Program, On),
            aotSilent = Traced("aot-otel-off", nativeTraced, Off), aotTraced = Traced("aot-otel-collector", nativeTraced, [.. On, .. collector.Variables]),
            jitSilent = Traced("jit-otel-off", managedTraced, Off), jitTraced = Traced("jit-otel-collector", managedTraced, [.. On, .. collector.Variables]);
        FunctionCandidate[] candidates = [bareAot, aot, aotObserved, aotSilent, aotTraced, jit, jitObserved, jitSilent, jitTraced];
        for (var round = -1; round < starts; round++)
            foreach (var candidate in candidates)
                await candidate.MeasureAsync(keep: round >= 0);

        foreach (var candidate in candidates)
            Print(candidate.Row("lambda"));
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

    static FunctionCandidate Traced(string name, PublishedFunction published, (string, string)[] environment) =>
        new(name, published.Program, environment) { Step = "Measure", Payload = "null" };

    static double Ratio(FunctionCandidate one, FunctionCandidate other) => Math.Round(one.FirstAnswerMs / other.FirstAnswerMs, 2);

    static double More(FunctionCandidate one, FunctionCandidate other) => Math.Round(one.WarmUs - other.WarmUs, 1);

    internal static void Print(Dictionary<string, object> row) => Console.WriteLine(JsonSerializer.Serialize(row));
}
