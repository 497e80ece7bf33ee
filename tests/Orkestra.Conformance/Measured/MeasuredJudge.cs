using System.Text.RegularExpressions;
using Orkestra.Expressions.Data;

namespace Orkestra.Conformance.Measured;

/// <summary>
/// Compares an answer with what a measured case expects. An expected text that begins with <c>~</c> is a regular expression, and an object may have more members than
/// are expected.
/// </summary>
static class MeasuredJudge
{
    static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "status", "output", "outputLike", "outputText", "error", "causeEquals", "causeLike", "causeJson", "causeContains", "absent", "events", "eventTypes", "tailTypes",
        "lastEvents", "chain", "details", "noDetail", "calls", "inputs", "written", "valid", "messageEquals", "messageContains", "diagnostics", "refused", "response", "answers",
    };

    /// <summary>What differs; empty when the answer is right.</summary>
    internal static IReadOnlyList<string> Differences(MeasuredCase measured, JsonObject answer)
    {
        if (MeasuredCase.Text(answer, "exception") is { } exception) return [exception];
        var wrong = new List<string>();
        foreach (var (name, _) in (JsonObject)measured.Expected)
        {
            if (!Known.Contains(name)) wrong.Add($"'{name}' is not a member the judge knows");
        }

        switch (measured.Kind)
        {
            case "validate":
                Validation(measured.Expected, answer, wrong);
                break;
            case "test-state":
                TestState(measured.Expected, answer, wrong);
                break;
            case "service":
                Service(measured.Expected, answer, wrong);
                break;
            default:
                Execution(measured.Expected, answer, wrong);
                break;
        }

        return wrong;
    }

    static void Validation(JsonValue expected, JsonValue answer, List<string> wrong)
    {
        var refusal = MeasuredCase.Text(answer, "refusal");
        if ((expected["valid"] == (JsonValue)true) != refusal is null) wrong.Add($"valid: {refusal ?? "accepted"}");
        if (MeasuredCase.Text(expected, "messageEquals") is { } whole && refusal != $"Invalid State Machine Definition: '{whole}'") wrong.Add($"message: {refusal}");
        foreach (var part in Texts(expected["messageContains"]))
        {
            if (refusal?.Contains(part, StringComparison.Ordinal) != true) wrong.Add($"message: {refusal}");
        }

        if (expected["diagnostics"] is { } diagnostics && !Like(diagnostics, answer["response"]?["diagnostics"])) wrong.Add("diagnostics");
    }

    static void TestState(JsonValue expected, JsonValue answer, List<string> wrong)
    {
        if (expected["refused"] is { } refused)
        {
            if (!Like(refused, answer["refused"])) wrong.Add($"refused: {answer.ToJson()}");
            return;
        }

        if (!Like(expected["response"]!, answer["response"])) wrong.Add($"response: {answer.ToJson()}");
        foreach (var path in Texts(expected["absent"]))
        {
            if (path.Split('/').Aggregate(answer["response"], (at, name) => at?[name]) is { IsNull: false }) wrong.Add($"has {path}");
        }
    }

    static void Service(JsonValue expected, JsonValue answer, List<string> wrong)
    {
        var given = (JsonArray)answer["answers"]!;
        foreach (var (wanted, index) in ((JsonArray)expected["answers"]!).Select((wanted, index) => (wanted, index)))
        {
            var got = index < given.Count ? given[index] : null;
            if (!Like(wanted, got)) wrong.Add($"answer {index}: {got?.ToJson()}");
            foreach (var name in Texts(expected["absent"]?[$"{index}"]))
            {
                if (got?[name] is not null) wrong.Add($"answer {index} has {name}");
            }
        }
    }

    static void Execution(JsonValue expected, JsonValue answer, List<string> wrong)
    {
        if (answer["refusal"] is { IsNull: false } refusal) wrong.Add($"refused: {refusal.ToJson()}");
        var output = Parsed(answer["outputText"]);
        Check("status", wanted => Same(wanted, answer["status"]), answer["status"]);
        Check("output", wanted => Same(wanted, output), output);
        Check("outputLike", wanted => Like(wanted, output), output);
        Check("outputText", wanted => wanted == answer["outputText"], answer["outputText"]);
        Check("error", wanted => wanted == answer["error"], answer["error"]);
        Check("causeEquals", wanted => wanted == answer["cause"], answer["cause"]);
        Check("causeLike", wanted => Like("~" + ((JsonString)wanted).Value, answer["cause"]), answer["cause"]);
        Check("causeJson", wanted => Like(wanted, Parsed(answer["cause"])), answer["cause"]);
        Check("causeContains", wanted => Texts(wanted).All(part => MeasuredCase.Text(answer, "cause")?.Contains(part, StringComparison.Ordinal) == true), answer["cause"]);
        Check("absent", wanted => Texts(wanted).All(name => answer[name] is null), answer);
        Check("calls", wanted => Same(wanted, answer["calls"]), answer["calls"]);
        Check("inputs", wanted => Same(wanted, answer["inputs"]), answer["inputs"]);
        Check("written", wanted => ((JsonObject)wanted).All(file => IsWritten(file.Key, file.Value, answer["written"] as JsonObject ?? JsonObject.Empty)), answer["written"]);
        History(expected, [.. Rows(answer["events"] as JsonArray ?? JsonArray.Empty)], wrong);

        void Check(string name, Func<JsonValue, bool> holds, JsonValue? actual)
        {
            if (expected[name] is { } wanted && !holds(wanted)) wrong.Add($"{name}: {actual?.ToJson() ?? "nothing"}");
        }
    }

    static void History(JsonValue expected, List<JsonArray> events, List<string> wrong)
    {
        var byId = events.ToDictionary(row => Number(row[0]));
        Check("events", wanted => Same(wanted, JsonArray.Create(events.Select(row => (JsonValue)JsonArray.Create([row[1], row[2]])))));
        Check("eventTypes", wanted => Same(wanted, JsonArray.Create(events.Select(row => row[1]))));
        Check("tailTypes", wanted => Same(wanted, JsonArray.Create(events.TakeLast(((JsonArray)wanted).Count).Select(row => row[1]))));
        Check("lastEvents", wanted => Same(wanted, JsonArray.Create(events.TakeLast(((JsonArray)wanted).Count).Select(row => (JsonValue)JsonArray.Create([row[0], row[1], row[2]])))));
        Check("chain", wanted => Rows((JsonArray)wanted).All(link => events.Where(row => row[1] == link[0]).ToArray() is { Length: > 0 } found
            && found.All(row => byId.GetValueOrDefault(Number(row[2]))?[1] == link[1])));
        Check("details", wanted => Rows((JsonArray)wanted).All(pair => Like(pair[1], byId.GetValueOrDefault(Number(pair[0]))?[3])));
        Check("noDetail", wanted => Rows((JsonArray)wanted).All(pair => byId.GetValueOrDefault(Number(pair[0]))?[3][((JsonString)pair[1]).Value] is null));

        void Check(string name, Func<JsonValue, bool> holds)
        {
            if (expected[name] is { } wanted && !holds(wanted)) wrong.Add($"{name}: {string.Join(' ', events.Select(row => JsonArray.Create([row[0], row[1], row[2]]).ToJson()))}");
        }
    }

    static IEnumerable<JsonArray> Rows(JsonArray list) => list.Select(row => (JsonArray)row);

    static bool IsWritten(string pattern, JsonValue content, JsonObject written)
    {
        var texts = written.Where(file => Matches(pattern, file.Key)).Select(file => ((JsonString)file.Value).Value).ToArray();
        if (content.IsNull) return texts.Length == 0;
        if (texts.Length != 1) return false;
        return content["lines"] is { } lines
            ? Like(lines, JsonArray.Create(texts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Parsed(line) ?? JsonValue.Null)))
            : Like(content["json"] ?? JsonValue.Null, Parsed(texts[0]));
    }

    static bool Like(JsonValue expected, JsonValue? actual) => (expected, actual) switch
    {
        (JsonString { Value: ['~', .. var pattern] }, _) => actual is JsonString text && Matches(pattern, text.Value),
        (JsonObject members, _) => actual is JsonObject && members.All(member => actual[member.Key] is { } value && Like(member.Value, value)),
        (JsonArray items, JsonArray others) => items.Count == others.Count && Enumerable.Range(0, items.Count).All(i => Like(items[i], others[i])),
        _ => Same(expected, actual),
    };

    // A number with a fraction or an exponent is another one than an integer of the same value.
    static bool Same(JsonValue expected, JsonValue? actual) => (expected, actual) switch
    {
        (JsonNumber wanted, JsonNumber got) => IsInteger(wanted) == IsInteger(got) && (IsInteger(wanted) ? wanted.Text == got.Text : wanted.Value == got.Value),
        (JsonObject wanted, JsonObject got) => wanted.Count == got.Count && wanted.All(member => actual[member.Key] is { } value && Same(member.Value, value)),
        (JsonArray wanted, JsonArray got) => wanted.Count == got.Count && Enumerable.Range(0, wanted.Count).All(i => Same(wanted[i], got[i])),
        _ => expected == actual,
    };

    static bool IsInteger(JsonNumber number) => number.Text.AsSpan().IndexOfAny(".eE") < 0;

    static bool Matches(string pattern, string text) => Regex.IsMatch(text, $@"\A(?:{pattern})\z", RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));

    static JsonValue? Parsed(JsonValue? text)
    {
        if (text is not JsonString { Value: var json }) return null;
        try
        {
            return JsonValue.Parse(json, new JsonReadOptions { MaxDepth = 10_000 });
        }
        catch (JsonFormatException)
        {
            return null;
        }
    }

    static IEnumerable<string> Texts(JsonValue? list) => (list as JsonArray ?? JsonArray.Empty).Select(text => ((JsonString)text).Value);

    static int Number(JsonValue value) => (int)((JsonNumber)value).Value;
}
