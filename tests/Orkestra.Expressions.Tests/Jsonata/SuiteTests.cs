using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Suites;

/// <summary>The test suite of the reference implementation, version 2.2.2.</summary>
public class SuiteTests
{
    // What stops the suite's runaway expressions is a guard of its test harness, which reports both kinds of limit as one code.
    const string GuardCode = "U1001";

    // An evaluation counts steps where the harness measures time. Ten thousand of them are less than an evaluator of today makes in a millisecond.
    const int StepsPerMillisecond = 10_000;

    [Theory]
    [InlineData("jsonata/suite.json")]
    [InlineData("jsonata/suite-lone-surrogates.json")]
    public void Every_case_gives_what_the_reference_gives(string file)
    {
        var cases = ConformanceData.Cases(file);
        var datasets = ConformanceData.Document("jsonata/datasets.json");
        var failures = new StringBuilder();
        var failed = 0;
        foreach (var test in cases)
        {
            var id = ((JsonString)test["id"]!).Value;
            if (test["only206"] is not null || Exclusions.Temporary.ContainsKey(id) || Exclusions.Permanent.ContainsKey(id)) continue;
            if (Check(test, datasets) is not { } failure) continue;
            failed++;
            failures.Append(id).Append(": ").Append(test["expr"]).AppendLine().Append("    ").AppendLine(failure);
        }

        failed.ShouldBe(0, failures.ToString());
    }

    static string? Check(JsonValue test, JsonValue datasets)
    {
        var (result, problem) = Run(test, datasets);
        if (test["code"] is JsonString code) return CheckError(problem, result, code.Value, test["token"]);
        if (test["error"] is { } error) return CheckError(problem, result, ((JsonString)error["code"]!).Value, error["token"]);
        if (problem is not null) return $"threw {problem.Code}: {problem.Message}";
        if (test["undefinedResult"] is JsonBoolean { Value: true }) return result is null ? null : $"gave {result.ToJson()} and not undefined";
        if (result is null) return $"gave undefined and not {test["result"]}";
        return Same(test["result"]!, result, test["unordered"] is not null) ? null : $"gave {result.ToJson()} and not {test["result"]}";
    }

    static string? CheckError(JsonataException? problem, JsonValue? result, string code, JsonValue? token)
    {
        if (problem is null) return $"gave {result?.ToJson() ?? "undefined"} and not {code}";
        if (problem.Code != code && !(code == GuardCode && problem.Code is "D1011" or "U1001")) return $"threw {problem.Code} and not {code}: {problem.Message}";
        return token is null || token == problem.Token ? null : $"spoke of {problem.Token} and not {token}";
    }

    static (JsonValue? Result, JsonataException? Problem) Run(JsonValue test, JsonValue datasets)
    {
        var input = test["dataset"] is JsonString name ? datasets[name.Value] : test["data"];
        var bindings = new JsonataBindings();
        foreach (var (variable, value) in test["bindings"] as JsonObject ?? JsonObject.Empty) bindings.Set(variable, value);
        var limits = JsonataLimits.Default;
        if (test["timelimit"] is JsonNumber time) limits = limits with { MaxSteps = (long)time.Value * StepsPerMillisecond };
        if (test["depth"] is JsonNumber depth) limits = limits with { MaxDepth = (int)depth.Value };
        try
        {
            return (JsonataApi.Compile(((JsonString)test["expr"]!).Value).Evaluate(input, bindings, limits), null);
        }
        catch (JsonataException problem)
        {
            return (null, problem);
        }
    }

    static bool Same(JsonValue expected, JsonValue actual, bool unordered)
    {
        if (unordered && expected is JsonArray left && actual is JsonArray right)
            return left.Count == right.Count && left.All(item => right.Any(other => Same(item, other, false)));
        return (expected, actual) switch
        {
            (JsonNumber a, JsonNumber b) => a.Value == b.Value || Math.Abs(a.Value - b.Value) <= 1e-12 * Math.Max(Math.Abs(a.Value), Math.Abs(b.Value)),
            (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second, false)),
            (JsonObject a, JsonObject b) => a.Count == b.Count && a.All(member => b.TryGetValue(member.Key, out var value) && Same(member.Value, value, false)),
            _ => expected == actual,
        };
    }
}
