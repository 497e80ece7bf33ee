using Orkestra.Expressions.Data;
using Xunit;

namespace Orkestra.Expressions.Tests;

/// <summary>Reads the conformance data, which lives beside the repository: $ORKESTRA_CONFORMANCE, else ../shared/conformance.</summary>
internal static class ConformanceData
{
    /// <summary>The cases of a file; the test is skipped when the data is not there.</summary>
    internal static IReadOnlyList<JsonObject> Cases(string file) => [.. ((JsonArray)Document(file)).Span.ToArray().Cast<JsonObject>()];

    /// <summary>The whole of a file; the test is skipped when the data is not there.</summary>
    internal static JsonValue Document(string file)
    {
        var path = Path.Combine(Folder() ?? "", file);
        if (!File.Exists(path)) Assert.Skip($"The conformance data is not here: {file}");
        return JsonValue.Parse(File.ReadAllBytes(path));
    }

    /// <summary>The text of a member; null when it is absent or no string.</summary>
    internal static string? Text(this JsonValue value, string name) => (value[name] as JsonString)?.Value;

    static string? Folder() => Environment.GetEnvironmentVariable("ORKESTRA_CONFORMANCE") is { Length: > 0 } folder ? folder : Sibling("conformance");

    /// <summary>A folder of data beside the repository; null when the repository is not found.</summary>
    internal static string? Sibling(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Orkestra.slnx"))) return Path.Combine(at.FullName, "..", "shared", name);
        }

        return null;
    }
}
