using Orkestra.Expressions.Data;
using Orkestra.Expressions.Paths;
using Xunit;

namespace Orkestra.Expressions.Tests.Paths;

public sealed class Rfc9535SuiteTests
{
    [Fact]
    public void Every_case_of_the_compliance_suite_passes()
    {
        var cases = ConformanceData.Cases("jsonpath/rfc9535-cts.json");
        var failures = cases.Select(Check).Where(failure => failure is not null).ToList();
        Assert.True(failures.Count == 0, $"{failures.Count} of {cases.Count} fail:\n{string.Join('\n', failures)}");
    }

    static string? Check(JsonObject test)
    {
        var selector = test.Text("selector")!;
        var name = $"{test.Text("name")}: {selector}";
        var invalid = test["invalid_selector"] is JsonBoolean { Value: true };
        if (!JsonPath.TryCompile(selector, JsonPathDialect.Rfc9535, out var path, out var problem)) return invalid ? null : $"{name}: {problem.Message}";
        if (invalid) return $"{name}: is not refused";
        var nodes = path.SelectNodes(test["document"]!);
        JsonValue values = JsonArray.Create(nodes.Select(node => node.Value));
        JsonValue places = JsonArray.Create(nodes.Select(node => (JsonValue)node.Path));
        if (!Accepts(test, "result", values) || path.Evaluate(test["document"]!) != values) return $"{name}: {values}";
        return Accepts(test, "result_path", places) ? null : $"{name}: {places}";
    }

    /// <summary>A case has one answer, or several where the order is free.</summary>
    static bool Accepts(JsonObject test, string member, JsonValue actual) =>
        test[member] is { } one ? one == actual
        : test[member + "s"] is not JsonArray several || several == actual || several.Span.ToArray().Any(answer => answer == actual);
}
