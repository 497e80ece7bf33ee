using System.Text;
using Shouldly;
using Xunit;

namespace Orkestra.Mistakes.Tests;

/// <summary>
/// Every mistake of the list is refused as early as it can be, with a sentence that names the thing and the fix. <c>Approved.md</c> holds what is said, for people
/// to read; run the tests with <c>ORKESTRA_APPROVE=1</c> to approve what has changed.
/// </summary>
public sealed class MistakeTests
{
    static readonly string File = Path.Combine(Root(), "tests", "Orkestra.Mistakes.Tests", "Approved.md");

    static readonly Lazy<Dictionary<string, string>> Approved = new(Read);

    public static TheoryData<string> Names() => [.. MistakeList.All.Select(static mistake => mistake.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Is_refused(string name)
    {
        var mistake = MistakeList.All.Single(mistake => mistake.Name == name);
        var refusal = await Refusal.OfAsync(mistake.Program);
        refusal.Stage.ShouldBe(mistake.Stage, refusal.Text);
        refusal.Text.ShouldContain(mistake.Thing, Case.Sensitive, "It names the thing.");
        refusal.Text.ShouldContain(mistake.Fix, Case.Sensitive, "It names the fix.");
        if (Environment.GetEnvironmentVariable("ORKESTRA_APPROVE") != "1") Section(mistake, refusal).ShouldBe(Approved.Value.GetValueOrDefault(name, ""));
    }

    [Fact]
    public void There_are_about_a_hundred_and_each_is_another() => MistakeList.All.Select(static mistake => mistake.Name).Distinct().Count().ShouldBe(MistakeList.All.Count);

    [Fact]
    public async Task The_approved_file_holds_these_mistakes_in_this_order()
    {
        if (Environment.GetEnvironmentVariable("ORKESTRA_APPROVE") == "1")
        {
            var text = new StringBuilder("# Mistakes and what is said of them\n\nMade by the tests; see MistakeTests.\n");
            foreach (var mistake in MistakeList.All) text.Append('\n').Append(Section(mistake, await Refusal.OfAsync(mistake.Program))).Append('\n');
            await System.IO.File.WriteAllTextAsync(File, text.ToString());
        }

        Read().Keys.ShouldBe(MistakeList.All.Select(static mistake => mistake.Name));
    }

    static string Section(Mistake mistake, Refusal refusal) =>
        $"## {mistake.Name}\n```cs\n{mistake.Program.Shown}\n```\n{refusal.Stage}:\n{string.Join('\n', refusal.Text.ReplaceLineEndings("\n").Split('\n').Select(static line => $"> {line}"))}";

    static Dictionary<string, string> Read()
    {
        if (!System.IO.File.Exists(File)) return [];
        var sections = System.IO.File.ReadAllText(File).ReplaceLineEndings("\n").Split("\n## ")[1..];
        return sections.ToDictionary(static section => section[..section.IndexOf('\n', StringComparison.Ordinal)], static section => $"## {section.TrimEnd('\n')}");
    }

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "Orkestra.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
