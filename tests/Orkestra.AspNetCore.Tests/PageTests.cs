using System.Reflection;
using System.Text.RegularExpressions;
using Orkestra.Local;
using Shouldly;
using Xunit;

namespace Orkestra.AspNetCore.Tests;

/// <summary>docs/local.md names every action once, with a test there is.</summary>
public sealed partial class PageTests
{
    [Fact]
    public void Every_action_is_listed_with_its_test()
    {
        var rows = Row.Matches(Page()).Select(row => (Actions: row.Groups[1].Value.Split(", "), Test: row.Groups[2].Value)).ToArray();
        rows.SelectMany(row => row.Actions).Order(StringComparer.Ordinal).ShouldBe(StepFunctionsService.Actions.Order(StringComparer.Ordinal));
        var tests = typeof(PageTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttributes<FactAttribute>().Any()).Select(method => method.Name).ToHashSet(StringComparer.Ordinal);
        rows.Select(row => row.Test).Where(test => !tests.Contains(test)).ShouldBeEmpty();
    }

    static string Page()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var page = Path.Combine(folder.FullName, "docs", "local.md");
            if (File.Exists(page)) return File.ReadAllText(page);
        }

        Assert.Skip($"The page is not here: there is no docs/local.md above '{AppContext.BaseDirectory}'.");
        return "";
    }

    [GeneratedRegex("^\\| ([A-Z][A-Za-z]+(?:, [A-Z][A-Za-z]+)*) \\| \\[([A-Za-z0-9_]+)\\]\\(", RegexOptions.Multiline)]
    private static partial Regex Row { get; }
}
