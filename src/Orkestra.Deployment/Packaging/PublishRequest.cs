namespace Orkestra.Deployment.Packaging;

/// <summary>What is to be published, and how.</summary>
internal sealed record PublishRequest(string Project, string Configuration, bool NativeAot, bool Arm, IReadOnlyList<string> Arguments)
{
    public string RuntimeIdentifier => Arm ? "linux-arm64" : "linux-x64";

    /// <summary>Equal for requests that can share what is built on the way: the same properties, in the same workspace.</summary>
    public string BuildKey => string.Join('\n', [Workspace(), Configuration, NativeAot ? RuntimeIdentifier : "portable", .. Arguments]);

    /// <summary>Equal for equal requests. Without Native AOT the program is the same for both processors.</summary>
    public string Key => string.Join('\n', [Project, Configuration, NativeAot ? RuntimeIdentifier : "portable", .. Arguments]);

    // Projects of one workspace have distinct names and mostly share libraries, which then are built once.
    string Workspace()
    {
        string[] marks = ["*.slnx", "*.sln", "Directory.Packages.props", "Directory.Build.props", ".git"];
        var own = Path.GetDirectoryName(Project)!;
        for (var folder = own; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (marks.Any(mark => Directory.EnumerateFileSystemEntries(folder, mark).Any())) return folder;
        }

        return own;
    }
}
