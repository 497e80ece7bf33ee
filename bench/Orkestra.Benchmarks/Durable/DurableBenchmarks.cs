using System.Globalization;
using Orkestra.Expressions.Data;

namespace Orkestra.Benchmarks.Durable;

/// <summary>
/// Executions of ten tasks on the SQLite store, each commit on the disk before what follows it: 1, 16 and 64 in flight, started one after another and run to their end;
/// medians of three rounds of two seconds. With the peers' folder Restate runs first, in the same run.
/// </summary>
static class DurableBenchmarks
{
    const int Rounds = 3;
    static readonly TimeSpan Warm = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    internal static async Task RunAsync(string[] arguments)
    {
        var peer = Peer.From(ref arguments);
        var waiting = arguments is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 10_000;
        var theirs = peer is null ? [] : Restate.Measure(peer);
        var folder = Directory.CreateTempSubdirectory("orkestra-durable-").FullName;
        try
        {
            Print(new JsonObject.Builder().Set("engine", "disk").Set("nm", "4 KB appended and synced, one after another").Set("p50_us", Figures.Rounded(DiskProbe.MedianSync(folder) * 1000)));
            foreach (var inFlight in new[] { 1, 16, 64 })
            {
                var ours = await new DurableLoad(Path.Combine(folder, $"{inFlight}.db"), inFlight).MeasureAsync(Warm, Round, Rounds);
                var built = ours.Build();
                Console.WriteLine(built.ToJson());
                if (theirs.FirstOrDefault(line => Text(line, "nm") == "workflow 10 steps" && Number(line, "conc") == inFlight) is { } line) Print(RatioOf(built, line));
            }

            await StoredFormBenchmarks.RunAsync(Path.Combine(folder, "form.db"));
            foreach (var line in await RecoveryBenchmarks.RunAsync(folder, waiting)) Print(line);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Restate is a server beside its client, and the store is in the process: the ratio holds that too.
    static JsonObject.Builder RatioOf(JsonObject ours, JsonObject theirs) => new JsonObject.Builder()
        .Set("ratio", "embedded store to Restate, a server beside its client")
        .Set("conc", (int)Number(theirs, "conc"))
        .Set("steps_s", Figures.Rounded(Number(ours, "steps_s") / Number(theirs, "steps_s")))
        .Set("p50", Figures.Rounded(Number(ours, "p50_ms") / Number(theirs, "p50_ms")));

    static string Text(JsonObject line, string name) => ((JsonString)line[name]!).Value;

    static double Number(JsonObject line, string name) => ((JsonNumber)line[name]!).Value;

    static void Print(JsonObject.Builder line) => Console.WriteLine(line.Build().ToJson());
}
