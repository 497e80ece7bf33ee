using System.Text.RegularExpressions;

namespace Orkestra.Cdk.Packaging;

/// <summary>Finds what a package's path means.</summary>
internal static partial class PackagePath
{
    /// <summary>The full path of a file or folder that exists.</summary>
    public static string Find(string path, string sourceFile)
    {
        var folder = Path.IsPathRooted(path) ? null : SourceFolder(sourceFile);
        string[] bases = folder is null ? [Environment.CurrentDirectory] : [folder, Environment.CurrentDirectory];
        string[] places = [.. bases.Select(start => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, start))).Distinct()];
        return places.FirstOrDefault(place => File.Exists(place) || Directory.Exists(place))
            ?? throw new SynthesisException($"There is no project or published folder '{path}' (looked for {string.Join(" and ", places)}): name one that exists.");
    }

    /// <summary>
    /// The folder of a source file, or null when it is not on this machine. Builds with ContinuousIntegrationBuild write the root of the repository as <c>/_/</c>
    /// (<see href="https://github.com/dotnet/sourcelink"/>): the repository is then the closest folder above the program, or above the current folder, that has the file.
    /// </summary>
    static string? SourceFolder(string sourceFile)
    {
        if (string.IsNullOrEmpty(sourceFile)) return null;
        if (File.Exists(sourceFile)) return Path.GetDirectoryName(sourceFile);
        return MappedRoot().Match(sourceFile) is { Success: true } mapped
            && Above(AppContext.BaseDirectory).Concat(Above(Environment.CurrentDirectory)).Select(root => Path.Combine(root, sourceFile[mapped.Length..])).FirstOrDefault(File.Exists) is { } found
            ? Path.GetDirectoryName(found)
            : null;
    }

    static IEnumerable<string> Above(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent) yield return current.FullName;
    }

    [GeneratedRegex(@"^/_[0-9]*/", RegexOptions.CultureInvariant)]
    private static partial Regex MappedRoot();

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
