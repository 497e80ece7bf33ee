using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Docs;

/// <summary>The code a page shows stands in a file that is compiled.</summary>
public sealed partial class ReadmeTests
{
    [Theory]
    [InlineData("README.md", 4)]
    [InlineData("docs/documents.md", 5)]
    [InlineData("docs/aspire.md", 1)]
    [InlineData("docs/hosting.md", 2)]
    [InlineData("docs/running.md", 4)]
    [InlineData("docs/client.md", 3)]
    [InlineData("docs/local.md", 1)]
    [InlineData("docs/dashboard.md", 1)]
    [InlineData("docs/tutorial.md", 5)]
    [InlineData("docs/coming-from/python-orkestra-and-airflow.md", 2)]
    [InlineData("docs/coming-from/cdk-and-asl.md", 1)]
    [InlineData("docs/coming-from/temporal.md", 1)]
    [InlineData("docs/coming-from/durable-functions.md", 1)]
    [InlineData("docs/coming-from/lambda-durable-functions.md", 1)]
    [InlineData("docs/coming-from/step-functions-local.md", 1)]
    [InlineData("docs/schedules.md", 4)]
    public void Code_comes_from_compiled_files(string page, int atLeast)
    {
        var root = Root();
        var blocks = Block.Matches(File.ReadAllText(Path.Combine(root, page)));
        blocks.Count.ShouldBeGreaterThanOrEqualTo(atLeast);
        foreach (Match block in blocks)
        {
            var source = block.Groups["file"];
            source.Success.ShouldBeTrue($"A C# block of {page} does not name its file in a comment before it: {block.Value}");
            File.ReadAllText(Path.Combine(root, source.Value)).ReplaceLineEndings().ShouldContain(block.Groups["code"].Value.ReplaceLineEndings().Trim('\r', '\n'), Case.Sensitive);
        }
    }

    [Fact]
    public void The_readme_is_read_in_one_go() => File.ReadLines(Path.Combine(Root(), "README.md")).Count().ShouldBeLessThan(150);

    [Fact]
    public void Links_lead_to_files()
    {
        var root = Root();
        foreach (Match link in Link.Matches(File.ReadAllText(Path.Combine(root, "README.md"))))
            Path.Exists(Path.Combine(root, link.Groups[1].Value)).ShouldBeTrue(link.Value);
    }

    internal static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orkestra.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }

    [GeneratedRegex(@"(?:<!-- (?<file>\S+) -->\r?\n)?```csharp\r?\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block { get; }

    [GeneratedRegex(@"\]\(((?!https?:)[^)#]+)\)")]
    private static partial Regex Link { get; }
}
