using System.Diagnostics;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;

namespace Orkestra.Benchmarks;

/// <summary>The rows of ../shared/benchmarks/jsonata/bench.js, measured and printed as it does.</summary>
static class JsonataBenchmarks
{
    static readonly TimeSpan Warm = TimeSpan.FromMilliseconds(400);
    static readonly TimeSpan Round = TimeSpan.FromMilliseconds(300);

    internal static void Run(string only)
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
        var line = new JsonObject.Builder().Set("impl", "orkestra").Set("doc", document).Set("name", name).Set("evals_s", Rounded(measured.PerSecond));
        if (median is null && length is not null) line.Set("us", Rounded(1e6 / measured.PerSecond));
        if (median is not null) line.Set("p50_ms", Rounded(median.Value)).Set("p99_ms", Rounded(tail!.Value));
        if (length is not null) line.Set("out", length.Value);
        Console.WriteLine(line.Set("alloc", Math.Round(measured.AllocatedBytes)).Build().ToJson());
    }

    static double Rounded(double value)
    {
        var digits = 3 - (int)Math.Floor(Math.Log10(value));
        return digits >= 0 ? Math.Round(value, Math.Min(digits, 15)) : Math.Round(value / Math.Pow(10, -digits)) * Math.Pow(10, -digits);
    }
}
