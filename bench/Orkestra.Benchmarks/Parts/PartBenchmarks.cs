using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Orkestra.Benchmarks.Parts;

/// <summary>Parts alone, with BenchmarkDotNet.</summary>
static class PartBenchmarks
{
    static readonly Type[] All = [typeof(JsonParts), typeof(JsonataParts), typeof(PathParts), typeof(AslParts), typeof(WorkflowParts)];

    /// <summary>Runs the benchmarks whose names have one of the texts in them; all without one.</summary>
    public static void Run(string[] texts)
    {
        // In this process: a project made for the benchmark would inherit the build habits of the repository.
        var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(Orkestra.Lambda.Emulator.Repository.Root, "artifacts", "benchmarks"));
        string[] filters = texts.Length == 0 ? ["*"] : [.. texts.Select(text => $"*{text}*")];
        BenchmarkSwitcher.FromTypes(All).Run(["--filter", .. filters], config);
    }
}
