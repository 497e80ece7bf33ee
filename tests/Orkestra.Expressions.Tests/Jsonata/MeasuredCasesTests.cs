using System.Text;
using System.Text.RegularExpressions;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Suites;

/// <summary>
/// What others measured on AWS: of the cases in $ORKESTRA_CASES, else ../shared/cases, those that are one Pass state of JSONata. The engine's own tests run the rest.
/// </summary>
public partial class MeasuredCasesTests
{
    // Each with the reason; what contradicts a recording or is not decided stands here and is told in docs/fidelity.md.
    static readonly Dictionary<string, string> Excluded = new(StringComparer.Ordinal)
    {
        ["J31-replace-limits"] = "It expects a full stop in a text whose parts stand between semicolons: no replacement makes 'x-x-x.x' of 'x;x;x;x'.",
    };

    [Fact]
    public void Every_expression_gives_what_was_measured()
    {
        var folder = Environment.GetEnvironmentVariable("ORKESTRA_CASES") ?? ConformanceData.Sibling("cases");
        if (folder is null || !Directory.Exists(folder)) Assert.Skip("There is no folder of measured cases; set ORKESTRA_CASES.");
        var failures = new StringBuilder();
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var test = JsonValue.Parse(File.ReadAllBytes(file));
            var id = Text(test["id"])!;
            if (test["kind"] != "execution" || test["definition"]?["States"] is not JsonObject { Count: 1 } states || states.Values[0] is not JsonObject state) continue;
            if (state["Type"] != "Pass" || state["Output"] is not { } output || (state["QueryLanguage"] ?? test["definition"]!["QueryLanguage"]) != "JSONata" || Excluded.ContainsKey(id)) continue;
            count++;
            if (Check(test, states.Names[0], output) is { } failure) failures.Append(id).Append(" (").Append(Text(test["certainty"])).Append("): ").AppendLine(failure);
        }

        TestContext.Current.SendDiagnosticMessage($"{count} cases");
        count.ShouldBeGreaterThan(0);
        failures.ToString().ShouldBeEmpty();
    }

    static string? Check(JsonValue test, string state, JsonValue output)
    {
        var expected = test["expected"]!;
        var input = test["inputText"] is JsonString text ? JsonValue.Parse(text.Value) : test["input"] ?? JsonObject.Empty;
        var bindings = new JsonataBindings { ["states"] = JsonObject.Create(("input", input), ("context", JsonObject.Empty)), Time = DateTimeOffset.UnixEpoch, Seed = 1 };
        JsonValue? actual = null;
        var cause = "";
        try
        {
            actual = Evaluate(output, "Output", bindings);
        }
        catch (InvalidOperationException problem)
        {
            cause = $"An error occurred while executing the state '{state}' (entered at the event id #2). {problem.Message}";
        }

        var hasFailed = actual is null;
        if (expected["status"] is { } status && (status == "FAILED") != hasFailed) return $"expected {expected.ToJson()}, was {actual?.ToJson() ?? cause}";
        if (expected["output"] is { } value && actual != value) return $"expected {value.ToJson()}, was {actual?.ToJson() ?? cause}";
        if (expected["outputText"] is JsonString exact && actual?.ToJson() != exact.Value) return $"expected {exact.Value}, was {actual?.ToJson() ?? cause}";
        if (expected["causeEquals"] is JsonString whole && cause != whole.Value) return $"expected {whole.Value}, was {cause}";
        foreach (var part in expected["causeContains"] as JsonArray ?? JsonArray.Empty)
        {
            if (!cause.Contains(Text(part)!, StringComparison.Ordinal)) return $"expected {part.ToJson()} in {cause}";
        }

        return null;
    }

    static JsonValue Evaluate(JsonValue template, string field, JsonataBindings bindings)
    {
        switch (template)
        {
            case JsonObject members: return JsonObject.Create(members.Select(member => KeyValuePair.Create(member.Key, Evaluate(member.Value, $"{field}/{member.Key}", bindings))));
            case JsonArray items: return JsonArray.Create(items.Select((item, index) => Evaluate(item, $"{field}[{index}]", bindings)));
            case JsonString text when Expression().Match(text.Value) is { Success: true } match:
                var source = match.Groups[1].Value.Trim();
                var outcome = "returned nothing (undefined).";
                try
                {
                    if (JsonataApi.Compile(source, JsonataOptions.StepFunctions).Evaluate(bindings: bindings) is { } result) return result;
                }
                catch (JsonataException problem)
                {
                    outcome = problem.InWordsOfService;
                }

                throw new InvalidOperationException($"The JSONata expression '{source}' specified for the field '{field}' {outcome}");
            default: return template;
        }
    }

    static string? Text(JsonValue? value) => (value as JsonString)?.Value;

    [GeneratedRegex(@"\A\{%(.*)%\}\z", RegexOptions.Singleline)]
    private static partial Regex Expression();
}
