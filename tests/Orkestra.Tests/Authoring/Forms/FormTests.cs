using Orkestra.Asl;
using Orkestra.Tests.Docs;
using Orkestra.Validation;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring.Forms;

/// <summary>Every form compiles to a document that is valid and reads back equal, is as approved, and runs to the answer plain C# gives.</summary>
public sealed class FormTests
{
    static readonly string Approved = Path.Combine(ReadmeTests.Root(), "tests", "Orkestra.Tests", "Authoring", "Forms", "Approved");

    public static IEnumerable<Form> All => [.. BranchForms.All, .. RecoveryForms.All, .. TaskForms.All];

    public static TheoryData<string> Names => [.. All.Select(static form => form.Name)];

    static Form Of(string name) => All.First(form => form.Name == name);

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_valid_and_reads_back_equal(string name)
    {
        var document = Of(name).Workflow.Compile().Document;
        StateMachineValidator.Validate(document).Diagnostics.ShouldBeEmpty();
        AslReader.Parse(AslWriter.Write(document)).ShouldBe(document);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_document_is_as_approved(string name)
    {
        var file = Path.Combine(Approved, $"{name}.asl.json");
        var text = AslWriter.Write(Of(name).Workflow.Compile().Document).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("ORKESTRA_APPROVE") == "1") File.WriteAllText(file, text);
        (File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "").ShouldBe(text, $"To approve it, run the test with ORKESTRA_APPROVE=1.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_gives_what_plain_code_gives(string name)
    {
        var form = Of(name);
        form.Runs.ShouldNotBeEmpty();
        foreach (var run in form.Runs) await run();
    }

    [Theory]
    [InlineData("work")]
    [InlineData("branch")]
    [InlineData("recovery")]
    public void The_page_lists_every_form(string table)
    {
        var file = Path.Combine(ReadmeTests.Root(), "docs", "forms.md");
        var page = File.ReadAllText(file).ReplaceLineEndings("\n");
        var begin = $"<!-- forms: {table} -->\n";
        var start = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var end = page.IndexOf("<!-- end of forms -->", start, StringComparison.Ordinal);
        var forms = table switch { "work" => TaskForms.All, "branch" => BranchForms.All, _ => RecoveryForms.All };
        var rows = string.Concat(forms.Select(static form => $"| `{form.Text.Replace("|", "\\|", StringComparison.Ordinal)}` | {form.Says} | [{States(form)}](../tests/Orkestra.Tests/Authoring/Forms/Approved/{form.Name}.asl.json) |\n"));
        var expected = $"\n| In C# | What it does | In the document |\n| --- | --- | --- |\n{rows}\n";
        if (Environment.GetEnvironmentVariable("ORKESTRA_APPROVE") == "1") File.WriteAllText(file, page = page[..start] + expected + page[end..]);
        page.ShouldContain(begin + expected + "<!-- end of forms -->");
    }

    // The states in their order, each with what stands inside it.
    static string States(Form form) => string.Join(", ", form.Workflow.Compile().Document.States.Values.Select(static state => state.Type).GroupBy(static type => type)
        .Select(static type => type.Count() == 1 ? type.Key : $"{type.Count()} × {type.Key}"));

    [Fact]
    public void Every_approved_document_has_its_form() =>
        Directory.GetFiles(Approved).Select(file => Path.GetFileName(file).Replace(".asl.json", "")).ShouldBe(All.Select(form => form.Name), ignoreOrder: true);
}
