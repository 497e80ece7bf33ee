using Shouldly;

namespace Orkestra.Analyzers.Tests;

/// <summary>Compares text with a file of the repository. To approve what is new, run the tests with <c>ORKESTRA_APPROVE=1</c>.</summary>
internal static class Approval
{
    public static string Root { get; } = FindRoot();

    public static void Check(string path, string text)
    {
        var file = Path.Combine(Root, path);
        text = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("ORKESTRA_APPROVE") == "1") File.WriteAllText(file, text);
        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        text.ShouldBe(approved, $"{path} is not up to date. Look at the difference, then run the tests with ORKESTRA_APPROVE=1.");
    }

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orkestra.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
