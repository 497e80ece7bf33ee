using Orkestra.Expressions.Data;
using Xunit;

namespace Orkestra.Tests;

/// <summary>The recorded answers beside the repository; tests that need them are skipped where they are not.</summary>
static class ConformanceData
{
    static readonly string? Root = Find();

    /// <summary>All cases of the files that match a pattern such as <c>definitions/*.json</c>.</summary>
    public static IReadOnlyList<(string File, JsonObject Case)> Cases(string pattern)
    {
        Assert.SkipWhen(Root is null, "The conformance data is not here: set ORKESTRA_CONFORMANCE to its folder.");
        var folder = Path.GetDirectoryName(pattern)!;
        var cases = new List<(string, JsonObject)>();
        foreach (var file in Directory.GetFiles(Path.Combine(Root, folder), Path.GetFileName(pattern)).Order(StringComparer.Ordinal))
        {
            foreach (var value in (JsonArray)JsonValue.Parse(File.ReadAllBytes(file))) cases.Add(($"{folder}/{Path.GetFileName(file)}", (JsonObject)value));
        }

        Assert.NotEmpty(cases);
        return cases;
    }

    public static string Id(this JsonObject value) => ((JsonString)value["id"]!).Value;

    static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ORKESTRA_CONFORMANCE") is { Length: > 0 } given) return Directory.Exists(given) ? given : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Orkestra.slnx"))) continue;
            var beside = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "conformance"));
            return Directory.Exists(beside) ? beside : null;
        }

        return null;
    }
}
