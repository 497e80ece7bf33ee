using System.Text.RegularExpressions;
using Orkestra.Expressions.Data;

namespace Orkestra.Conformance;

/// <summary>
/// Whether an answer is the recorded one. Recorded answers hold placeholders for what differs from run to run (<c>&lt;uuid:1&gt;</c>, <c>timestamp</c>), which stand for anything, and
/// texts that hold JSON may stand as text or as JSON.
/// </summary>
static partial class Likeness
{
    static readonly HashSet<string> Anything =
    [
        "timestamp", "datetime", "date", "start-date", "stop-date", "end-date", "time", "content-length", "RandomNumberGenerated", "snf_role_arn", "sfn_role_arn",
    ];

    static readonly HashSet<string> Volatile =
    [
        "timestamp", "roleArn", "region", "inputDetails", "outputDetails", "assignedVariablesDetails", "stackTrace", "workerName", "SdkResponseMetadata",
        "SdkHttpMetadata", "requestId", "billingDetails",
    ];

    static readonly HashSet<string> JsonTexts =
    [
        "input", "output", "parameters", "cause", "result", "afterInputPath", "afterParameters", "afterArguments", "afterResultSelector", "afterResultPath",
        "afterItemsPath", "afterItemSelector", "afterItemBatcher", "variables",
    ];

    internal static bool Same(JsonValue want, JsonValue? got, bool text = true)
    {
        if (want is JsonString wanted) return SameText(wanted.Value, got);
        if (text && got is JsonString { Value: var gotText }) got = FromText(gotText);
        return (want, got) switch
        {
            (_, null) => false,
            (JsonNumber a, JsonNumber b) => a.Value == b.Value || Math.Abs(a.Value - b.Value) <= 1e-9 * Math.Max(Math.Abs(a.Value), Math.Abs(b.Value)),
            (JsonArray a, JsonArray b) => a.Count == b.Count && Enumerable.Range(0, a.Count).All(i => Same(a[i], b[i], false)),
            (JsonObject a, JsonObject b) => Names(a).SetEquals(Names(b)) && Names(a).All(name => Same(((JsonValue)a)[name]!, ((JsonValue)b)[name], JsonTexts.Contains(name))),
            _ => want == got,
        };
    }

    /// <summary>JSON equality with numbers to 1e-12.</summary>
    internal static bool Exact(JsonValue? want, JsonValue? got) => (want, got) switch
    {
        (null, _) or (_, null) => want is null && got is null,
        (JsonNumber a, JsonNumber b) => a.Value == b.Value || Math.Abs(a.Value - b.Value) <= 1e-12 * Math.Max(Math.Abs(a.Value), Math.Abs(b.Value)),
        (JsonArray a, JsonArray b) => a.Count == b.Count && Enumerable.Range(0, a.Count).All(i => Exact(a[i], b[i])),
        (JsonObject a, JsonObject b) => a.Count == b.Count && a.Names.ToArray().All(name => b.ContainsKey(name) && Exact(((JsonValue)a)[name], ((JsonValue)b)[name])),
        _ => want == got,
    };

    static bool SameText(string want, JsonValue? got)
    {
        if (Anything.Contains(want) || WholePlaceholder.IsMatch(want)) return true;
        if (got is not JsonString { Value: var text }) return FromText(want) is JsonArray or JsonObject && Same(FromText(want), got);
        if (want == text) return true;
        if (Placeholder.IsMatch(want))
        {
            var pattern = string.Join(".*?", Placeholder.Split(want).Select(Regex.Escape));
            if (Regex.IsMatch(text, $@"\A{pattern}\z", RegexOptions.Singleline, TimeSpan.FromSeconds(2))) return true;
        }

        return FromText(want) is (JsonArray or JsonObject) and var a && FromText(text) is (JsonArray or JsonObject) and var b && Same(a, b);
    }

    static HashSet<string> Names(JsonObject value) => [.. value.Names.ToArray().Where(name => !Volatile.Contains(name))];

    static JsonValue FromText(string text)
    {
        if (text.Length == 0 || !"{[\"-0123456789tfn".Contains(text[0], StringComparison.Ordinal)) return text;
        try
        {
            return JsonValue.Parse(text);
        }
        catch (JsonFormatException)
        {
            return text;
        }
    }

    [GeneratedRegex("""<[^<>{}"]{1,60}>""")]
    private static partial Regex Placeholder { get; }

    [GeneratedRegex(@"\A<[^<>]+>\z")]
    private static partial Regex WholePlaceholder { get; }
}
