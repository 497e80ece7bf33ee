using System.Diagnostics;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;

namespace Orkestra.Benchmarks;

/// <summary>The rows of ../shared/benchmarks/jsonata/bench.js, measured and printed as it does; with the peers' folder also measured there first, and compared.</summary>
static class JsonataBenchmarks
{
    static readonly TimeSpan Warm = TimeSpan.FromMilliseconds(400);
    static readonly TimeSpan Round = TimeSpan.FromMilliseconds(300);

    static readonly List<JsonObject> Lines = [];

    internal static void Run(string[] arguments)
    {
        var peer = Peer.From(ref arguments);
        var theirs = peer?.Run("jsonata/bench.js");
        MeasureAll(arguments.FirstOrDefault() ?? "");
        if (theirs is not null) Compare(theirs);
    }

    // Every row against the peer's, then their geometric mean and the slowest.
    static void Compare(List<JsonObject> theirs)
    {
        var ratios = new List<(string Row, double Ratio)>();
        foreach (var line in Lines)
        {
            var peer = theirs.Find(one => one["doc"] == line["doc"] && one["name"] == line["name"]);
            if (peer is null) continue;
            ratios.Add(($"{Text(line["doc"])} {Text(line["name"])}", ((JsonNumber)line["evals_s"]!).Value / ((JsonNumber)peer["evals_s"]!).Value));
            Console.WriteLine(new JsonObject.Builder().Set("ratio", ratios[^1].Row).Set("times", Figures.Rounded(ratios[^1].Ratio)).Build().ToJson());
        }

        if (ratios.Count == 0) return;
        var slowest = ratios.MinBy(row => row.Ratio);
        Console.WriteLine(new JsonObject.Builder()
            .Set("ratio", "geometric mean")
            .Set("times", Figures.Rounded(Math.Exp(ratios.Average(row => Math.Log(row.Ratio)))))
            .Set("rows", ratios.Count)
            .Set("floor", 10)
            .Set("goal", 20)
            .Set("slowest", slowest.Row)
            .Set("slowest_times", Figures.Rounded(slowest.Ratio))
            .Build()
            .ToJson());
    }

    static void MeasureAll(string only)
    {
        var expressions = ((IEnumerable<JsonValue>)(JsonArray)BenchmarkData.Read("jsonata/expressions.json")).Select(row => (Name: Text(row["name"]), Expression: Text(row["expr"]))).ToArray();
        foreach (var document in new[] { "small", "doc10k", "doc100k" })
        {
            var input = BenchmarkData.Read($"jsonata/{document}.json");
            foreach (var (name, text) in expressions)
            {
                if (!name.Contains(only, StringComparison.Ordinal)) continue;
                var expression = Jsonata.Compile(text);
                var result = expression.Evaluate(input);
                Print(document, name, Measurement.Of(() => expression.Evaluate(input), Warm, Round), result?.ToJson().Length ?? 0);
            }
        }

        if (!"parse-expression".Contains(only, StringComparison.Ordinal) && !"W7-chain-of-10".Contains(only, StringComparison.Ordinal)) return;
        var parsing = Measurement.Of(() => ParseAll(expressions), Warm, Round);
        Print("-", "parse-expression", new Measurement(parsing.PerSecond * expressions.Length, parsing.AllocatedBytes / expressions.Length), null);
        Chain();
    }

    static void ParseAll((string Name, string Expression)[] expressions)
    {
        foreach (var (_, text) in expressions) Jsonata.Compile(text);
    }

    // The ten Output expressions of W7 one after another, without an engine around them.
    static void Chain()
    {
        var states = (JsonObject)BenchmarkData.Read("workloads/W7.asl.json")["States"]!;
        var input = BenchmarkData.Read("workloads/W7.input.json");
        var expressions = states.Values.ToArray().Select(state => Jsonata.Compile(Text(state["Output"])[2..^2], JsonataOptions.StepFunctions)).ToArray();
        var latencies = new List<double>();
        JsonValue Evaluate()
        {
            var start = Stopwatch.GetTimestamp();
            var value = input;
            foreach (var expression in expressions) value = expression.Evaluate(null, new JsonataBindings { ["states"] = JsonObject.Create(("input", value)) })!;
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            return value;
        }

        var measured = Measurement.Of(() => Evaluate(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        latencies.Sort();
        Print("doc10k", "W7-chain-of-10", measured, Evaluate().ToJson().Length, latencies[latencies.Count / 2], latencies[(int)(latencies.Count * 0.99)]);
    }

    static string Text(JsonValue? value) => ((JsonString)value!).Value;

    static void Print(string document, string name, Measurement measured, int? length, double? median = null, double? tail = null)
    {
        var line = new JsonObject.Builder().Set("impl", "orkestra").Set("doc", document).Set("name", name).Set("evals_s", Figures.Rounded(measured.PerSecond));
        if (median is null && length is not null) line.Set("us", Figures.Rounded(1e6 / measured.PerSecond));
        if (median is not null) line.Set("p50_ms", Figures.Rounded(median.Value)).Set("p99_ms", Figures.Rounded(tail!.Value));
        if (length is not null) line.Set("out", length.Value);
        Lines.Add(line.Set("alloc", Math.Round(measured.AllocatedBytes)).Build());
        Console.WriteLine(Lines[^1].ToJson());
    }
}
