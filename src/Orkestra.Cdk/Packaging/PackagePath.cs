namespace Orkestra.Cdk.Packaging;

/// <summary>Finds what a package's path means.</summary>
internal static class PackagePath
{
    /// <summary>The full path of a file or folder that exists.</summary>
    public static string Find(string path, string sourceFile)
    {
        var folder = Path.GetDirectoryName(sourceFile);
        string[] bases = Path.IsPathRooted(path) || string.IsNullOrEmpty(folder) || !Directory.Exists(folder)
            ? [Environment.CurrentDirectory]
            : [folder, Environment.CurrentDirectory];
        string[] places = [.. bases.Select(start => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, start))).Distinct()];
        return places.FirstOrDefault(place => File.Exists(place) || Directory.Exists(place))
            ?? throw new SynthesisException($"There is no project or published folder '{path}' (looked for {string.Join(" and ", places)}): name one that exists.");
    }

    /// <summary>The project file a path means, or null when it is a folder without one.</summary>
    public static string? ProjectIn(string path)
    {
        if (File.Exists(path))
        {
            return path.EndsWith("proj", StringComparison.OrdinalIgnoreCase)
                ? path
                : throw new SynthesisException($"The file {path} is not a project: name a project file, or a folder.");
        }

        var projects = Directory.GetFiles(path, "*.*proj");
        return projects.Length <= 1
            ? projects.FirstOrDefault()
            : throw new SynthesisException($"The folder {path} holds {projects.Length} projects: name the one that calls OrkestraLambda.RunAsync.");
    }
}
