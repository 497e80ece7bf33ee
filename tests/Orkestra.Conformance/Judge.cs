using Orkestra.Expressions.Data;

namespace Orkestra.Conformance;

/// <summary>Judges an answer by the kind of its case.</summary>
static class Judge
{
    /// <summary>Whether the case says that it must not be asked: not recorded on AWS, or about what the product does not offer.</summary>
    internal static bool IsAsked(CorpusCase asked) =>
        (asked.Json["awsValidated"] != (JsonValue)false || FollowsTheRule(asked)) && !Truth(asked.Json["usesEval"]) && !Truth(asked.Json["only206"])
        && asked.Kind is not "api-sequence";

    // Labels were not tried on AWS, but what is expected of them is AWS's written rule.
    static bool FollowsTheRule(CorpusCase asked) => asked.File.EndsWith("validate-map-label.json", StringComparison.Ordinal);

    /// <summary>Null when the answer is the recorded one, else which part of it is not: <c>outcome</c> or <c>history</c>.</summary>
    internal static string? Differs(CorpusCase asked, JsonValue actual)
    {
        var expect = asked.Json["expect"] ?? JsonObject.Empty;
        switch (asked.Kind)
        {
            case "jsonata": return Outcome(Jsonata(asked, actual));
            case "jsonpath": return Outcome(JsonPath(asked, actual));
            case "definitions": return Outcome(Truth(actual["valid"]) || asked.Json.ContainsKey("jsonError"));
            case "validation": return Outcome(actual["valid"] == expect["valid"]);
            case "validate":
                return Outcome(actual["valid"] == expect["valid"]
                    && (expect["message"] is not { } message || Likeness.Same(message, actual["message"]))
                    && (expect["message"] is not null || expect["diagnostics"] is not { } diagnostics || Likeness.Same(diagnostics, actual["diagnostics"])));
            case "variable-references": return Outcome(Likeness.Same(expect, actual));
            case "log-events" or "express-end-event": return Outcome(Likeness.Same(expect, actual));
            case "test-state": return Outcome(TestState(expect, actual));
            default: return Execution(expect, actual);
        }
    }

    static string? Outcome(bool same) => same ? null : "outcome";

    static bool Truth(JsonValue? value) => value == (JsonValue)true;

    static bool Jsonata(CorpusCase asked, JsonValue actual)
    {
        if (asked.Json.TryGetValue("result", out var result)) return Likeness.Exact(result, actual["result"]);
        if (Truth(asked.Json["undefinedResult"])) return Truth(actual["undefined"]);
        return (asked.Json["code"] ?? asked.Json["error"]?["code"]) is { } code && actual["code"] == code;
    }

    static bool JsonPath(CorpusCase asked, JsonValue actual)
    {
        if (Truth(asked.Json["invalid_selector"])) return Truth(actual["invalid"]);
        return asked.Json["results"] is JsonArray results
            ? ((IEnumerable<JsonValue>)results).Any(result => Likeness.Exact(result, actual["result"]))
            : Likeness.Exact(asked.Json["result"], actual["result"]);
    }

    static bool TestState(JsonValue expect, JsonValue actual)
    {
        if (expect["exception_value"] is null && expect["Error"] is null) return Likeness.Same(expect, actual);
        var message = expect["exception_value"] ?? expect["message"] ?? expect["Error"]?["Message"];
        return actual["Error"] is JsonObject error && message is not null && Likeness.Same(message, ((JsonValue)error)["Message"]);
    }

    static string? Execution(JsonValue expect, JsonValue actual)
    {
        if (actual["status"] != (expect["status"] ?? "SUCCEEDED")) return "outcome";
        foreach (var name in (string[])["output", "error", "cause"])
        {
            if (expect[name] is { } wanted && !Likeness.Same(wanted, actual[name])) return "outcome";
        }

        return expect["events"] is JsonArray { Count: > 0 } events && !SameHistory(events, actual["events"] as JsonArray ?? JsonArray.Empty) ? "history" : null;
    }

    static bool SameHistory(JsonArray want, JsonArray got)
    {
        if (want.Count != got.Count) return false;
        IEnumerable<JsonValue> wanted = want;
        if (!wanted.Any(e => Type(e).StartsWith("Map", StringComparison.Ordinal) || Type(e).StartsWith("Parallel", StringComparison.Ordinal)))
        {
            return Enumerable.Range(0, want.Count).All(i =>
                SameEvent(want[i], got[i]) && want[i]["id"] == got[i]["id"] && want[i]["previousEventId"] == got[i]["previousEventId"]);
        }

        // Branches interleave as they happened to run, so events are compared as a multiset.
        List<JsonValue> rest = [.. (IEnumerable<JsonValue>)got];
        return wanted.All(e => rest.FindIndex(candidate => SameEvent(e, candidate)) is var at and >= 0 && RemoveAt(rest, at));
    }

    static bool RemoveAt(List<JsonValue> list, int at)
    {
        list.RemoveAt(at);
        return true;
    }

    static bool SameEvent(JsonValue want, JsonValue got) => Type(want) == Type(got) && Likeness.Same(Details(want), Details(got));

    static string Type(JsonValue e) => (e["type"] as JsonString)?.Value ?? "";

    static JsonObject Details(JsonValue e) => JsonObject.Create(((JsonObject)e).Where(member =>
        member.Key.EndsWith("EventDetails", StringComparison.Ordinal) && member.Value is not (JsonNull or JsonObject { Count: 0 })));
}
