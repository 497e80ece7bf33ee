using Orkestra.Expressions.Data;

namespace Orkestra.Benchmarks;

/// <summary>The workloads, which live beside the repository: $ORKESTRA_BENCHMARKS, else ../shared/benchmarks.</summary>
static class BenchmarkData
{
    static readonly string Folder = Find();

    internal static string PathOf(string path) => Path.Combine(Folder, path);

    internal static JsonValue Read(string path) => JsonValue.Parse(File.ReadAllBytes(PathOf(path)));

    static string Find()
    {
        if (Environment.GetEnvironmentVariable("ORKESTRA_BENCHMARKS") is { Length: > 0 } given) return given;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Orkestra.slnx"))) return Path.Combine(at.FullName, "..", "shared", "benchmarks");
        }

        throw new DirectoryNotFoundException("The workloads are not here: set ORKESTRA_BENCHMARKS to their folder.");
    }
}
