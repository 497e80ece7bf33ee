using System.Globalization;

namespace Orkestra.Engine.Tests;

/// <summary>What the environment says about the tests.</summary>
static class Settings
{
    /// <summary>The conformance data: $ORKESTRA_CONFORMANCE, else beside the repository; null when it is not there.</summary>
    public static string? Conformance { get; } = FindConformance();

    /// <summary>How long a fuzz test runs: $ORKESTRA_FUZZ_SECONDS, else what it takes in a usual run.</summary>
    public static TimeSpan FuzzTime(double usual) => TimeSpan.FromSeconds(Number("ORKESTRA_FUZZ_SECONDS") ?? usual);

    /// <summary>Whether executions are resumed from every event and not only from some: $ORKESTRA_EVERY_PREFIX=1.</summary>
    public static bool EveryPrefix => Number("ORKESTRA_EVERY_PREFIX") is > 0;

    /// <summary>Whether executions without recorded signal files are recorded: $ORKESTRA_RECORD=1.</summary>
    public static bool Records => Number("ORKESTRA_RECORD") is > 0;

    static double? Number(string name) => double.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    static string? FindConformance()
    {
        if (Environment.GetEnvironmentVariable("ORKESTRA_CONFORMANCE") is { Length: > 0 } named) return Directory.Exists(named) ? named : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Orkestra.slnx"))) continue;
            var beside = Path.GetFullPath(Path.Combine(folder.FullName, "../shared/conformance"));
            return Directory.Exists(beside) ? beside : null;
        }

        return null;
    }
}
