namespace Orkestra.Conformance.Tests;

/// <summary>Finds data that lives beside the repository.</summary>
static class SharedData
{
    /// <summary>The folder a variable of the environment names, else the one beside the repository; null when there is none.</summary>
    internal static string? Folder(string variable, string name)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named) return Directory.Exists(named) ? named : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Orkestra.slnx"))) continue;
            var beside = Path.GetFullPath(Path.Combine(folder.FullName, "../shared", name));
            return Directory.Exists(beside) ? beside : null;
        }

        return null;
    }
}
