using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Docs;

/// <summary>The code a page shows stands in a file that is compiled.</summary>
public sealed partial class ReadmeTests
{
    /// <summary>Pages whose C# stands in no file of this repository, each with its reason.</summary>
    static readonly Dictionary<string, string> Fragments = new(StringComparer.Ordinal)
    {
        ["src/Orkestra.Aspire.Hosting/README.md"] = "Projects.Shop is a type that Aspire's SDK generates for an app host; docs/aspire.md has the compiled form",
        ["src/Orkestra.Expressions/README.md"] = "ReadmeTests of Orkestra.Expressions.Tests compares it with the sample",
    };

    /// <summary>Pages whose blocks marked as "cs" are not compiled: mistakes and excerpts of fixes, and programs of other products.</summary>
    static readonly string[] FragmentFolders = ["docs/diagnostics/", "docs/coming-from/"];

    public static TheoryData<string> Pages =>
    [
        .. Directory.GetFiles(Path.Combine(Root(), "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.GetDirectories(Path.Combine(Root(), "src")).Select(project => Path.Combine(project, "README.md")).Where(File.Exists))
            .Append(Path.Combine(Root(), "README.md"))
            .Select(file => Path.GetRelativePath(Root(), file).Replace('\\', '/'))
            .Where(page => !Fragments.ContainsKey(page))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_comes_from_compiled_files(string page)
    {
        var root = Root();
        foreach (Match block in Block.Matches(File.ReadAllText(Path.Combine(root, page))))
        {
            var source = block.Groups["file"];
            source.Success.ShouldBeTrue($"A C# block of {page} does not name its file in a comment before it: {block.Value}");
            Excerpt.IsIn(File.ReadAllText(Path.Combine(root, source.Value)), block.Groups["code"].Value).ShouldBeTrue($"{source.Value} does not have this code of {page}:\n{block.Groups["code"].Value}");
        }
    }

    // A block that does not say that it is C# would not be looked at.
    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_is_marked_as_code(string page)
    {
        var mayHaveFragments = Array.Exists(FragmentFolders, folder => page.StartsWith(folder, StringComparison.Ordinal));
        foreach (Match fence in Fence.Matches(File.ReadAllText(Path.Combine(Root(), page)).ReplaceLineEndings("\n")))
        {
            if (fence.Groups["language"].Value is not ("" or "cs") || (fence.Groups["language"].Value == "cs" && mayHaveFragments)) continue;
            Statement.IsMatch(fence.Groups["code"].Value).ShouldBeFalse($"A block of {page} looks like C# and is not marked as csharp: {fence.Value}");
        }
    }

    [Theory]
    [InlineData("    a;\n\n    b;\n", "a;\n\nb;\n", true)]
    [InlineData("x;\n        a\n            .b();\n", "a\n    .b();\n", true)]
    [InlineData("    a;\n    c;\n    b;\n", "a;\nb;\n", false)]
    [InlineData("    a;\n      b;\n", "a;\nb;\n", false)]
    [InlineData("    xa;\n", "a;\n", false)]
    public void An_excerpt_is_whole_lines_at_any_indentation(string source, string code, bool isIn) => Excerpt.IsIn(source, code).ShouldBe(isIn);

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

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence { get; }

    [GeneratedRegex(@"^\s*(?:(?:public|static|using|var|await|return)\s.*|[\w.<>]+ \w+ = .*);\s*$", RegexOptions.Multiline)]
    private static partial Regex Statement { get; }

    [GeneratedRegex(@"\]\(((?!https?:)[^)#]+)\)")]
    private static partial Regex Link { get; }
}
