using System.Diagnostics;
using System.Text.Json;
using Orkestra.Lambda.Emulator;

namespace Orkestra.Benchmarks.Lambda;

/// <summary>
/// Starts of a function until its first answer, and warm calls: one step of HelloOrkestra as Native AOT and as a JIT process, with observability off and on,
/// against a bare loop over a raw socket. All take turns in one run, as absolute times drift.
/// </summary>
static class LambdaBenchmarks
{
    const int WarmCalls = 200;
    const string Step = "AddPrice";
    const string Payload = """{"name":"moth","price":1.10}""";

    static readonly (string, string)[] Off = [];
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
        Candidate[] candidates =
        [
            new("bare-aot", bare.Program, Off),
            new("aot", native.Program, Off),
            new("aot-observed", native.Program, On),
            new("jit", managed.Program, Off),
            new("jit-observed", managed.Program, On),
        ];
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
        var (b, a, o, j, i) = (candidates[0], candidates[1], candidates[2], candidates[3], candidates[4]);
        Print(new()
        {
            ["bench"] = "lambda-ratios",
            ["jitOverAot"] = Ratio(j.First, a.First),
            ["aotOverBare"] = Ratio(a.First, b.First),
            ["observedOverAot"] = Ratio(o.First, a.First),
            ["observedOverJit"] = Ratio(i.First, j.First),
            ["warmOverBareUs"] = Math.Round(Median(a.Warm) - Median(b.Warm), 1),
            ["warmObservedOverBareUs"] = Math.Round(Median(o.Warm) - Median(b.Warm), 1),
        });
        return 0;
    }

    static async Task MeasureAsync(Candidate candidate, bool keep)
    {
        var emulator = new RuntimeApiEmulator();
        // The request waits when the process comes up, as it does in Lambda.
        var first = emulator.InvokeAsync(Payload);
        await using var function = FunctionProcess.Start(candidate.Program, Step, emulator, candidate.Environment);
        var answer = await first.WaitAsync(TimeSpan.FromSeconds(30));
        if (answer.IsError) throw new InvalidOperationException($"{candidate.Name}: {answer.Body}");
        if (!keep) return;
        candidate.First.Add(Stopwatch.GetElapsedTime(function.StartedAt, answer.At).TotalMilliseconds);
        for (var call = 0; call < WarmCalls; call++)
        {
            var at = Stopwatch.GetTimestamp();
            answer = await emulator.InvokeAsync(Payload);
            if (call >= WarmCalls / 2) candidate.Warm.Add(Stopwatch.GetElapsedTime(at, answer.At).TotalMicroseconds);
        }
    }

    static double Median(List<double> values)
    {
        double[] ordered = [.. values.Order()];
        var middle = ordered.Length / 2;
        return Math.Round(ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2, 2);
    }

    static double Ratio(List<double> one, List<double> other) => Math.Round(Median(one) / Median(other), 2);

    static void Print(Dictionary<string, object> row) => Console.WriteLine(JsonSerializer.Serialize(row));

    sealed record Candidate(string Name, string Program, (string, string)[] Environment)
    {
        public List<double> First { get; } = [];

        public List<double> Warm { get; } = [];
    }
}
