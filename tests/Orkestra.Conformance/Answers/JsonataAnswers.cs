using System.Collections.Concurrent;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;

namespace Orkestra.Conformance.Answers;

/// <summary>The reference's own test suite.</summary>
sealed class JsonataAnswers : IAnswerer
{
    // Where a case sets a time or a depth, a guard of the suite's harness stops the expression, which has one code for both.
    const string GuardCode = "U1001";

    // An evaluation counts steps where the harness measures time. Ten thousand of them are less than an evaluator of today makes in a millisecond.
    const int StepsPerMillisecond = 10_000;

    readonly ConcurrentDictionary<string, JsonValue> datasets = new();

    public IReadOnlyCollection<string> Kinds => ["jsonata"];

    public ValueTask<JsonValue> AnswerAsync(CorpusCase corpusCase)
    {
        var json = corpusCase.Json;
        var limits = JsonataLimits.Default;
        if (json["timelimit"] is JsonNumber time) limits = limits with { MaxSteps = (long)time.Value * StepsPerMillisecond };
        if (json["depth"] is JsonNumber depth) limits = limits with { MaxDepth = (int)depth.Value };
        var bindings = new JsonataBindings();
        foreach (var (name, value) in json["bindings"] as JsonObject ?? JsonObject.Empty) bindings.Set(name, value);
        try
        {
            var result = Jsonata.Compile(corpusCase.Text("expr") ?? "").Evaluate(Input(corpusCase), bindings, limits);
            return new(result is null ? JsonObject.Create(("undefined", true)) : JsonObject.Create(("result", result)));
        }
        catch (JsonataException problem)
        {
            var guarded = problem.Code is "D1011" or "U1001" && (json["timelimit"] ?? json["depth"]) is not null;
            return new(JsonObject.Create(("code", guarded ? GuardCode : problem.Code)));
        }
    }

    JsonValue? Input(CorpusCase corpusCase)
    {
        if (corpusCase.Text("dataset") is not { } name) return corpusCase.Json["data"];
        var path = Path.Combine(corpusCase.DataFolder, "jsonata", "datasets.json");
        return datasets.GetOrAdd(path, file => JsonValue.Parse(File.ReadAllBytes(file)))[name];
    }
}
