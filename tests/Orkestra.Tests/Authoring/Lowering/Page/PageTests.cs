using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring.Lowering.Page;

/// <summary>docs/expressions-in-csharp.md says what is so: its C# is compiled here, its JSONata is what it becomes, and both give the same.</summary>
public sealed partial class PageTests
{
    static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "expressions-in-csharp.md"));

    public static IEnumerable<TheoryDataRow<int>> Indexes => PageRows.All.Select((row, i) => new TheoryDataRow<int>(i) { TestDisplayName = row.CSharp });

    [Fact]
    public void The_tables_are_the_rows()
    {
        var rows = Row().Matches(Page).Select(static match => (Unescaped(match.Groups[1].Value), Unescaped(match.Groups[2].Value)));
        rows.ShouldBe(PageRows.All.Select(static row => (row.CSharp, row.Jsonata)));
    }

    [Fact]
    public void The_types_are_the_types()
    {
        var source = File.ReadAllText(Path.Combine(Root(), "tests", "Orkestra.Tests", "Authoring", "Lowering", "Page", "Order.cs")).ReplaceLineEndings("\n");
        Page.ReplaceLineEndings("\n").ShouldContain($"```csharp\n{source[source.IndexOf("public sealed record Order", StringComparison.Ordinal)..]}```", Case.Sensitive);
    }

    [Fact]
    public void Every_difference_the_tests_allow_is_on_the_page() =>
        DocumentedDifferences.All.ShouldAllBe(difference => Page.Contains(difference.Sentence, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Rows_give_what_they_say(int index)
    {
        if (!PageRows.Unsteady.Contains(PageRows.All[index].CSharp)) PageRows.All[index].Check();
    }

    // A bar inside a table's cell is escaped.
    static string Unescaped(string cell) => cell.Replace("\\|", "|", StringComparison.Ordinal);

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Orkestra.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex(@"^\| `(.+)` \| `(.+)` \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
