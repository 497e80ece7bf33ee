using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Expressions;

/// <summary>ORK009: expressions that cannot become JSONata.</summary>
public sealed partial class ExpressionTests
{
    [Fact]
    public void The_table_is_what_the_lowering_knows() => Approval.Check("src/Orkestra.Analyzers/Expressions/KnownMembers.txt", KnownMembersProbe.Table());

    [Fact]
    public void Nothing_of_the_page_is_refused()
    {
        var page = File.ReadAllText(Path.Combine(Approval.Root, "docs", "expressions-in-csharp.md"));
        var types = Fence().Match(page).Groups[1].Value;
        var rows = Row().Matches(page).Select(static row => row.Groups[1].Value.Replace("\\|", "|", StringComparison.Ordinal)).ToArray();
        rows.Length.ShouldBeGreaterThanOrEqualTo(80);
        var members = rows.Select((row, i) => $"    static object Row{i}() => Flow.Input<Order>().Select(o => {row});");
        var findings = Analysis.Of($$"""
            using System.Globalization;
            public static class Rows
            {
                static readonly decimal rate = 1.2m;
                static readonly string[] known = ["a", "b"];
            {{string.Join('\n', members)}}
            }
            {{types}}
            """);
        findings.Where(static finding => finding.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error || finding.Id == "ORK009").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("o => o.Id.Normalize()", "o.Id.Normalize()", "string.Normalize has no counterpart in it. Use a Step for it.")]
    [InlineData("o => new { o.Id, Clean = o.Id.Normalize() }", "o.Id.Normalize()", "string.Normalize has no counterpart in it. Use a Step for it.")]
    [InlineData("o => Twice(o.Quantity) + 1", "Twice(o.Quantity)", "Given.Twice has no counterpart in it. Use a Step for it.")]
    [InlineData("o => Half(o.Quantity)", "Half(o.Quantity)", "the code of a delegate isn't visible. Write the lambda in its place.")]
    [InlineData("o => DateTime.Now", "DateTime.Now", "a state machine has no time zone. Use UtcNow.")]
    [InlineData("o => o.Id + Environment.MachineName", "Environment.MachineName", "it is not known when the workflow is defined. Use a Step for it.")]
    [InlineData("o => o.Id.Contains(\"a\", StringComparison.CurrentCulture)", "o.Id.Contains(\"a\", StringComparison.CurrentCulture)", "JSONata knows no cultures. Use StringComparison.Ordinal or OrdinalIgnoreCase.")]
    [InlineData("o => Math.Round(o.Price, MidpointRounding.AwayFromZero)", "Math.Round(o.Price, MidpointRounding.AwayFromZero)", "JSONata rounds halves to the even neighbour. Use MidpointRounding.ToEven, or use a Step.")]
    [InlineData("o => o.Tags.Distinct(StringComparer.OrdinalIgnoreCase)", "o.Tags.Distinct(StringComparer.OrdinalIgnoreCase)", "JSONata has no comparers. Use a Step for it.")]
    [InlineData("o => o.Quantity << 2", "o.Quantity << 2", "JSONata has no such operator. Use a Step for it.")]
    [InlineData("o => o.Quantity & 1", "o.Quantity & 1", "JSONata has no such operator. Use a Step for it.")]
    [InlineData("o => o.At.DayOfWeek", "o.At.DayOfWeek", "DateTimeOffset.DayOfWeek has no counterpart in it. Use a Step for it.")]
    [InlineData("o => o.Lines.Select(l => l.Sku.Normalize()).ToArray()", "l.Sku.Normalize()", "string.Normalize has no counterpart in it. Use a Step for it.")]
    [InlineData("o => Math.Log(o.Weight)", "Math.Log(o.Weight)", "Math.Log has no counterpart in it. Use a Step for it.")]
    [InlineData("o => System.IO.Path.GetFileName(o.Id)", "System.IO.Path.GetFileName(o.Id)", "Path.GetFileName has no counterpart in it. Use a Step for it.")]
    [InlineData("o => o.Lines.AsParallel()", "o.Lines.AsParallel()", "ParallelEnumerable.AsParallel has no counterpart in it. Use a Step for it.")]
    public void The_editor_says_what_the_compilation_of_the_workflow_says(string lambda, string part, string sentence)
    {
        var source = Expression(lambda);
        var finding = Analysis.OfOrkestra(source).ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe(("ORK009", part));
        finding.Message.ShouldBe($"The expression '{part}' cannot become JSONata: {sentence}");
        CompiledProgram.RefusalOf(source, "Given", "Compose").ShouldEndWith($"cannot become JSONata: {sentence}");
    }

    [Theory]
    [InlineData("Text", "text => $\"[{text}]\"", "text")]
    [InlineData("Text", "text => \"a\" + text", "text")]
    [InlineData("Text", "text => text + 1", "text")]
    [InlineData("Text", "text => string.Concat(\"a\", text)", "text")]
    [InlineData("Texts", "texts => $\"{texts[0]}{texts.Count}\"", "texts[0]")]
    [InlineData("Texts", "texts => texts.Where(t => t != \"a\").Select(t => $\"{t}\").ToArray()", "t")]
    [InlineData("Texts", "texts => string.Join(\",\", texts)", "texts")]
    [InlineData("Texts", "texts => string.Concat(texts.Where(t => true))", "texts.Where(t => true)")]
    [InlineData("Both", "both => $\"{both.Item1}{both.Item2}\"", "both.Item1")]
    [InlineData("Text", "text => $\"{text ?? \"\"}\"", null)]
    [InlineData("Text", "text => text == null ? \"\" : $\"{text}\"", null)]
    [InlineData("Text", "text => $\"{(text != null ? text : \"none\")}\"", null)]
    [InlineData("Texts", "texts => string.Join(\",\", texts.Select(t => t ?? \"\"))", null)]
    [InlineData("Texts", "texts => $\"{texts.Count}\"", null)]
    [InlineData("Noted", "noted => $\"{noted.Note}{string.Join(\",\", noted.Tags)}{noted.Tags[0]}\"", null)]
    public void A_text_of_what_can_be_null_is_reported_where_only_the_code_says_so(string step, string lambda, string? part)
    {
        var findings = Analysis.OfOrkestra($$"""
            #nullable enable
            public sealed record Noted(string? Note, string[] Tags);
            public static class Given
            {
                static readonly Step<Nothing, string?> Text = new(_ => null);
                static readonly Step<Nothing, List<string?>> Texts = new(_ => [null]);
                static readonly Step<Nothing, (string?, string)> Both = new(_ => (null, "b"));
                static readonly Step<Nothing, Noted> Noted = new(_ => new Noted(null, []));
                static object Compose() => {{step}}.Select({{lambda}});
            }
            """);
        if (part is null) findings.ShouldBeEmpty();
        else (findings.ShouldHaveSingleItem().Id, findings[0].Code).ShouldBe(("ORK038", part));
    }

    static string Expression(string lambda) => $$"""
        public sealed record Order(string Id, int Quantity, decimal Price, double Weight, DateTimeOffset At, string[] Tags, Line[] Lines);
        public sealed record Line(string Sku);
        public static class Given
        {
            static readonly Step<Order, Order> Same = new(o => o);
            static int Twice(int number) => number * 2;
            static readonly Func<int, int> Half = number => number / 2;
            sealed class Work : Workflow<Order, object?>
            {
                public override Flow<Order, object?> Define() => Same.Select({{lambda}}).As<object?>();
            }
            public static Workflow Compose() => new Work();
        }
        """;

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\| `((?:[^`])+)` \| `", RegexOptions.Multiline)]
    private static partial Regex Row();
}
