using System.Diagnostics;
using System.Text.Json;
using Orkestra.Analyzers.Benchmarks;

// What the analyzers cost: pairs of builds of a generated solution, with them and without. Prints a line of JSON for each build, then the ratio of the sums and its standard error.
// [workflows] [rounds] [--cold]. Compilations go to a compiler server, as those of 'dotnet build' do; with --cold each one is a process of its own, which compiles the analyzers first.
var cold = args.Contains("--cold");
var numbers = args.Where(static argument => argument != "--cold").ToArray();
var workflows = int.TryParse(numbers.ElementAtOrDefault(0), out var count) ? count : 200;
var rounds = int.TryParse(numbers.ElementAtOrDefault(1), out var times) ? times : 7;
var folder = Directory.CreateTempSubdirectory("orkestra-analyzers").FullName;

// The first pairs fill the caches of the machine and let the server compile the compiler and the analyzers, which takes several builds. They are printed and don't count.
const int warmUp = 3;

// One server for both kinds of builds, which no other build uses: two of them differ by more than the analyzers cost, because each decides for itself what to compile again.
var server = new CompilerServer();
try
{
    GeneratedSolution.Write(folder, workflows);
    Build(with: true, "restore", "Generated.slnx");
    var results = new Dictionary<bool, List<BuildTime>> { [false] = [], [true] = [] };
    for (var round = -warmUp; round < rounds; round++)
    {
        // The second build of a pair finds warmer caches, so the order changes from pair to pair.
        foreach (var with in round % 2 == 0 ? (bool[])[false, true] : [true, false])
        {
            var time = Build(with, "build", "Generated.slnx", "--no-restore", "--no-incremental", "-m:1", "-nodeReuse:false");

            if (round >= 0) results[with].Add(time);
            Print(new { isWarmUp = round < 0, analyzers = with, cpuSeconds = Math.Round(time.Processor.TotalSeconds, 2), wallSeconds = Math.Round(time.Wall.TotalSeconds, 2) });
        }
    }

    Print(new
    {
        workflows,
        rounds,
        cold,
        cpuRatio = Ratio(results, static time => time.Processor),
        wallRatio = Ratio(results, static time => time.Wall),
    });
    return 0;
}
finally
{
    server.Stop();
    Directory.Delete(folder, recursive: true);
}

BuildTime Build(bool with, params string[] arguments)
{
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

static object Ratio(Dictionary<bool, List<BuildTime>> results, Func<BuildTime, TimeSpan> of)
{
    double[] without = [.. results[false].Select(time => of(time).TotalSeconds)];
    double[] with = [.. results[true].Select(time => of(time).TotalSeconds)];
    var ratio = with.Sum() / without.Sum();

    // The standard error of a ratio of means, from how far each pair is from it.
    var error = Math.Sqrt(without.Zip(with, (one, other) => Math.Pow(other - (ratio * one), 2)).Sum() / (without.Length * Math.Max(1, without.Length - 1))) / without.Average();
    return new { ratio = Math.Round(ratio, 3), standardError = Math.Round(error, 3), median = Math.Round(Median(with) / Median(without), 3) };
}

static double Median(double[] values)
{
    double[] sorted = [.. values.Order()];
    return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}

static void Print<T>(T row) => Console.WriteLine(JsonSerializer.Serialize(row));
