using System.Reflection;
using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests;

/// <summary>Every diagnostic has its help page, and every page its diagnostic.</summary>
public sealed class RuleTests
{
    static readonly string Pages = Path.Combine(Approval.Root, "docs", "diagnostics");

    static readonly string Repository =
        typeof(Rule).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(static metadata => metadata.Key == "RepositoryUrl")?.Value?.TrimEnd('/') ?? "";

    [Fact]
    public void Every_type_of_Orkestra_is_found_by_its_name()
    {
        var types = OrkestraTypes.Of(Analysis.Compile(""))!;
        foreach (var property in typeof(OrkestraTypes).GetProperties()) property.GetValue(types).ShouldNotBeNull(property.Name);
    }

    [Fact]
    public void Every_diagnostic_has_a_page()
    {
        var rules = Analysis.Analyzers.SelectMany(static analyzer => analyzer.SupportedDiagnostics).DistinctBy(static rule => rule.Id).OrderBy(static rule => rule.Id, StringComparer.Ordinal).ToArray();
        rules.Select(static rule => rule.Id).ShouldAllBe(static id => System.Text.RegularExpressions.Regex.IsMatch(id, "^ORK[0-9]{3}$"));
        foreach (var rule in rules)
        {
            // There is a link only where the build knows the address of the sources.
            rule.HelpLinkUri.ShouldBe(Repository.Length == 0 ? "" : $"{Repository}/blob/main/docs/diagnostics/{rule.Id}.md");
            var page = File.ReadAllText(Path.Combine(Pages, $"{rule.Id}.md"));
            page = page.ReplaceLineEndings("\n");
            page.ShouldStartWith($"# {rule.Id}: {rule.Title}\n");
            foreach (var part in (string[])["## What", "## Why", "## How to fix"]) page.ShouldContain($"{part}\n", Case.Sensitive, $"{rule.Id}.md");
            page.ShouldContain(rule.DefaultSeverity.ToString(), Case.Sensitive, $"{rule.Id}.md");
        }

        Directory.GetFiles(Pages, "ORK*.md").Length.ShouldBe(rules.Length);
    }
}
