using System.Diagnostics;
using System.Text.Json;
using Orkestra.Analyzers.Benchmarks;

// What the analyzers cost: builds of a generated solution with them and without, in turns. Prints a line of JSON for each build and the ratios of the medians and of the least.
// [workflows] [rounds] [--cold]. Compilations go to a compiler server, as those of 'dotnet build' do; with --cold each one is a process of its own, which compiles the analyzers first.
var cold = args.Contains("--cold");
var numbers = args.Where(static argument => argument != "--cold").ToArray();
var workflows = int.TryParse(numbers.ElementAtOrDefault(0), out var count) ? count : 200;
var rounds = int.TryParse(numbers.ElementAtOrDefault(1), out var times) ? times : 7;
var folder = Directory.CreateTempSubdirectory("orkestra-analyzers").FullName;

// A server for the builds with analyzers and one for those without, which no other build uses.
var servers = new Dictionary<bool, CompilerServer> { [false] = new(), [true] = new() };
try
{
    GeneratedSolution.Write(folder, workflows);
    Build(with: true, "restore", "Generated.slnx");
    var results = new Dictionary<bool, List<BuildTime>> { [false] = [], [true] = [] };
    for (var round = 0; round <= rounds; round++)
    {
        foreach (var with in (bool[])[false, true])
        {
            var time = Build(with, "build", "Generated.slnx", "--no-restore", "--no-incremental", "-m:1", "-nodeReuse:false");

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
        cold,
        cpuRatio = Math.Round(Median(results[true], static time => time.Processor) / Median(results[false], static time => time.Processor), 3),
        leastCpuRatio = Math.Round(results[true].Min(static time => time.Processor) / results[false].Min(static time => time.Processor), 3),
        wallRatio = Math.Round(Median(results[true], static time => time.Wall) / Median(results[false], static time => time.Wall), 3),
    });
    return 0;
}
finally
{
    foreach (var server in servers.Values) server.Stop();
    Directory.Delete(folder, recursive: true);
}

BuildTime Build(bool with, params string[] arguments)
{
    var server = servers[with];
    string[] compiler = cold ? ["-p:UseSharedCompilation=false"] : ["-p:UseSharedCompilation=true", $"-p:SharedCompilationId={server.Name}"];
    var start = new ProcessStartInfo("dotnet", [.. arguments, "-v:q", $"-p:OrkestraAnalyzers={with}", .. compiler]) { WorkingDirectory = folder, RedirectStandardOutput = true };
    start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
    start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
    var (clock, before) = (Stopwatch.StartNew(), ProcessorTime.OfChildren() + server.Processor);
    using var process = Process.Start(start)!;
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    if (process.ExitCode != 0) throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed: {output}");
    return new(ProcessorTime.OfChildren() + server.Processor - before, clock.Elapsed);
}

static double Median(List<BuildTime> times, Func<BuildTime, TimeSpan> of)
{
    var sorted = times.Select(time => of(time).TotalSeconds).Order().ToArray();
    return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
}

static void Print<T>(T row) => Console.WriteLine(JsonSerializer.Serialize(row));
