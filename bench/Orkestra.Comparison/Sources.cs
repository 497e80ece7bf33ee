namespace Orkestra.Comparison;

/// <summary>The files of the repository.</summary>
internal static class Sources
{
    public static string Root { get; } = Find();

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file)).ReplaceLineEndings("\n");

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orkestra.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The comparison runs outside of the repository.");
    }
}
