using Shouldly;

namespace Orkestra.CommandLine.Tests;

/// <summary>
/// Compares text with a file a person can read, under <c>Approved</c>. When they differ the new text is left beside it as <c>.received</c>; to approve it, run the
/// tests with <c>ORKESTRA_APPROVE=1</c>.
/// </summary>
internal static class Approval
{
    static readonly string Folder = Path.Combine(Repository.Root, "tests", "Orkestra.CommandLine.Tests", "Approved");

    public static void Check(string name, string text)
    {
        var file = Path.Combine(Folder, name);
        text = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("ORKESTRA_APPROVE") == "1") File.WriteAllText(file, text);
        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        var received = Path.Combine(Path.GetTempPath(), $"{Path.GetFileName(name)}.received");
        if (approved != text) File.WriteAllText(received, text);
        text.ShouldBe(approved, $"See {received}");
    }
}
