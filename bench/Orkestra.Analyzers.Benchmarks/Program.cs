using System.Diagnostics;
using System.Text.Json;
using Orkestra.Analyzers.Benchmarks;

// What the analyzers cost: builds of a generated solution with them and without, in turns. Prints a line of JSON for each build and the ratio of the medians.
var workflows = int.TryParse(args.ElementAtOrDefault(0), out var count) ? count : 200;
var rounds = int.TryParse(args.ElementAtOrDefault(1), out var times) ? times : 5;
var folder = Directory.CreateTempSubdirectory("orkestra-analyzers").FullName;
try
{
    GeneratedSolution.Write(folder, workflows);
    Build(with: true, "restore", "Generated.slnx");
    var results = new Dictionary<bool, List<BuildTime>> { [false] = [], [true] = [] };
    for (var round = 0; round <= rounds; round++)
    {
        foreach (var with in (bool[])[false, true])
        {
            var time = Build(with, "build", "Generated.slnx", "--no-restore", "--no-incremental", "-m:1", "-nodeReuse:false", "-p:UseSharedCompilation=false");

            // The first ones fill the caches of the machine.
            if (round == 0) continue;
            results[with].Add(time);
            Print(new { analyzers = with, cpuSeconds = Math.Round(time.Processor.TotalSeconds, 2), wallSeconds = Math.Round(time.Wall.TotalSeconds, 2) });
        }
    }

    Print(new
    {
        workflows,
        rounds,
        cpuRatio = Math.Round(Median(results[true], static time => time.Processor) / Median(results[false], static time => time.Processor), 3),
        wallRatio = Math.Round(Median(results[true], static time => time.Wall) / Median(results[false], static time => time.Wall), 3),
    });
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

BuildTime Build(bool with, params string[] arguments)
{
    var start = new ProcessStartInfo("dotnet", [.. arguments, "-v:q", $"-p:OrkestraAnalyzers={with}"]) { WorkingDirectory = folder, RedirectStandardOutput = true };
    start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
    start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
    var (clock, before) = (Stopwatch.StartNew(), ProcessorTime.OfChildren());
    using var process = Process.Start(start)!;
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    if (process.ExitCode != 0) throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed: {output}");
    return new(ProcessorTime.OfChildren() - before, clock.Elapsed);
}

static double Median(List<BuildTime> times, Func<BuildTime, TimeSpan> of)
{
    var sorted = times.Select(time => of(time).TotalSeconds).Order().ToArray();
    return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
}

static void Print<T>(T row) => Console.WriteLine(JsonSerializer.Serialize(row));
