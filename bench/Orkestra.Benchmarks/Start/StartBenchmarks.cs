using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Orkestra.Lambda.Emulator;

namespace Orkestra.Benchmarks.Start;

/// <summary>
/// From the start of a process to its end, output piped, Release: HelloOrkestra, the version of the tool and a run of a document against an empty console program. They take turns in one
/// run, as absolute times drift. On Linux the processor time is told too (the mean), which says more while the machine does other things.
/// </summary>
static class StartBenchmarks
{
    public static async Task<int> RunAsync(string[] args)
    {
        var starts = args.Select(arg => int.TryParse(arg, out var number) ? number : 0).FirstOrDefault(number => number > 0, 30);
        var workload = args.FirstOrDefault(arg => arg.StartsWith('W')) ?? "W1";
        var empty = await BuildAsync("bench/Orkestra.Benchmarks.Empty");
        var hello = await BuildAsync("samples/HelloOrkestra");
        var once = await BuildAsync("bench/Orkestra.Benchmarks.Once");
        var tool = await BuildAsync("src/Orkestra.Cli");
        Candidate[] candidates =
        [
            new("empty", empty, []),
            new("HelloOrkestra", hello, []),
            new("orkestra --version", tool, ["--version"]),
            new(workload, once, [BenchmarkData.PathOf($"workloads/{workload}.asl.json"), BenchmarkData.PathOf($"workloads/{workload}.input.json")]),
        ];
        for (var round = -2; round < starts; round++)
            foreach (var candidate in candidates)
                await MeasureAsync(candidate, keep: round >= 0);

        foreach (var candidate in candidates)
            Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
            {
                ["bench"] = "start",
                ["program"] = candidate.Name,
                ["starts"] = starts,
                ["ms"] = Median(candidate.Elapsed),
                ["min_ms"] = Math.Round(candidate.Elapsed.Min(), 1),
                ["cpu_ms"] = OperatingSystem.IsLinux() ? Math.Round(candidate.Processor / starts, 1) : "unknown",
                ["ratio"] = Math.Round(Median(candidate.Elapsed) / Median(candidates[0].Elapsed), 2),
                ["cpu_ratio"] = OperatingSystem.IsLinux() ? Math.Round(candidate.Processor / candidates[0].Processor, 2) : "unknown",
            }));
        return 0;
    }

    static async Task MeasureAsync(Candidate candidate, bool keep)
    {
        var before = ChildrenProcessorTime();
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(candidate.Program, candidate.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        var said = await errors;
        await process.WaitForExitAsync();
        var elapsed = Stopwatch.GetElapsedTime(started);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{candidate.Name} ended with {process.ExitCode}: {said}");
        if (!keep) return;
        candidate.Elapsed.Add(elapsed.TotalMilliseconds);
        candidate.Processor += ChildrenProcessorTime() - before;
    }

    static async Task<string> BuildAsync(string project)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["build", Path.Combine(Repository.Root, project), "--configuration", "Release"])
        {
            RedirectStandardOutput = true,
        })!;
        var log = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var name = Path.GetFileName(project);
        return process.ExitCode == 0
            ? Path.Combine(Repository.Root, "artifacts", "bin", name, "release", OperatingSystem.IsWindows() ? name + ".exe" : name)
            : throw new InvalidOperationException($"Building {project} failed:\n{log}");
    }

    // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: cutime and cstime, in hundredths of a second, of children that have ended.
    static double ChildrenProcessorTime()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        var stat = File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return 10.0 * (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture));
    }

    static double Median(List<double> values)
    {
        double[] ordered = [.. values.Order()];
        return Math.Round(ordered[ordered.Length / 2], 1);
    }

    sealed record Candidate(string Name, string Program, string[] Arguments)
    {
        public List<double> Elapsed { get; } = [];

        public double Processor { get; set; }
    }
}
