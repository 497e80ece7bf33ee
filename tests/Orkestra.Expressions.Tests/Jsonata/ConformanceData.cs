using Orkestra.Expressions.Data;
using Xunit;

namespace Orkestra.Expressions.Tests.Suites;

/// <summary>The conformance data beside the repository; tests that need it are skipped where it is not.</summary>
internal static class ConformanceData
{
    const string Variable = "ORKESTRA_CONFORMANCE";

    internal static string? Root { get; } = Find();

    /// <summary>A file's JSON; skips the test when there is none.</summary>
    internal static JsonValue Read(string path)
    {
        Assert.SkipWhen(Root is null, $"The conformance data is not here: set {Variable} to its folder.");
        return JsonValue.Parse(File.ReadAllBytes(Path.Combine(Root!, path)));
    }

    static string? Find()
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(given)) return Directory.Exists(given) ? given : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Orkestra.slnx"))) continue;
            var beside = Path.Combine(folder.FullName, "..", "shared", "conformance");
            return Directory.Exists(beside) ? beside : null;
        }

        return null;
    }
}
