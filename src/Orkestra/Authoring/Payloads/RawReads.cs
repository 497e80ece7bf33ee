using System.Text.Json;
using System.Text.RegularExpressions;
using Orkestra.Asl;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Payloads;

/// <summary>
/// The members that expressions read of a payload that comes from outside, before a step has read it. An expression sees the JSON as it was sent: it knows no defaults, no members that a type computes, and
/// names only as they are written.
/// </summary>
internal static partial class RawReads
{
    /// <summary>The names that expressions may read of the input of a workflow.</summary>
    public static IReadOnlySet<string> OfInput(StateMachine document)
    {
        var json = JsonValue.Parse(AslWriter.Write(document, indented: false));
        var reads = new Collector(json);
        reads.Visit(json);
        return reads.Names;
    }

    /// <summary>The names that expressions may read of the reply that a state waits for.</summary>
    public static IReadOnlySet<string> OfReply(StateMachine document, string stateName)
    {
        var json = JsonValue.Parse(AslWriter.Write(document, indented: false));
        var reads = new Collector(json);
        if (GraphOf(json, stateName) is { } graph)
        {
            var state = graph["States"]![stateName]!;
            reads.Add(state["Output"]);
            reads.Add(state["Assign"]);
            reads.Follow(graph, state);
        }

        return reads.Names;
    }

    /// <summary>Describes, with its path, the first difference that affects such an expression; null if there is no difference.</summary>
    /// <param name="given">The payload.</param>
    /// <param name="read">The same as its type reads and writes it.</param>
    /// <param name="names">The names that expressions read.</param>
    /// <param name="path">Where both are.</param>
    public static string? Problem(JsonValue given, JsonValue read, IReadOnlySet<string> names, string path = "$")
    {
        switch (given, read)
        {
            case (JsonObject value, JsonObject canonical):
                foreach (var (name, member) in canonical)
                {
                    if (member is JsonNull) continue;
                    if (((JsonValue)value)[name] is { } own)
                    {
                        if (own.GetType() != member.GetType() && names.Contains(name)) return $"'{path}.{name}' is {PayloadProblem.KindOf(own)}, and an expression of the workflow reads it as {PayloadProblem.KindOf(member)} before a step reads the payload. Write it so.";
                        if (Problem(own, member, names, $"{path}.{name}") is { } problem) return problem;
                    }
                    else if (names.Contains(name))
                    {
                        var other = value.Names.ToArray().FirstOrDefault(candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase));
                        return other is null
                            ? $"'{path}.{name}' is missing, and an expression of the workflow reads it before a step reads the payload: defaults and computed members don't exist there. Add it."
                            : $"'{path}.{other}' has to be written '{name}': an expression of the workflow reads it before a step reads the payload.";
                    }
                }

                return null;
            case (JsonArray items, JsonArray canonical) when items.Count == canonical.Count:
                for (var i = 0; i < items.Count; i++)
                {
                    if (Problem(items[i], canonical[i], names, $"{path}[{i}]") is { } problem) return problem;
                }

                return null;
            default:
                return null;
        }
    }

    /// <summary>A payload as its type reads and writes it.</summary>
    public static JsonValue Canonical(JsonValue payload, Type type, JsonSerializerOptions options)
    {
        if (!options.TryGetTypeInfo(type, out var info)) return payload;
        return JsonValue.Parse(JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize(payload.ToUtf8Bytes(), info), info));
    }

    static JsonValue? GraphOf(JsonValue json, string stateName)
    {
        if (json["States"]?[stateName] is not null) return json;
        return json switch
        {
            JsonObject value => value.Select(member => GraphOf(member.Value, stateName)).FirstOrDefault(static found => found is not null),
            JsonArray items => ((IEnumerable<JsonValue>)items).Select(item => GraphOf(item, stateName)).FirstOrDefault(static found => found is not null),
            _ => null,
        };
    }

    // What $states has itself is skipped.
    [GeneratedRegex(@"\$states\.(context(\.\w+)*|\w+)|\.\s*(?<name>[\p{L}_][\p{L}\p{N}_]*)|`(?<name>[^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Member();

    sealed class Collector(JsonValue document)
    {
        const string Input = "$states.input";
        const string WholeInput = "{% $states.input %}";

        readonly HashSet<JsonValue> visited = new(ReferenceEqualityComparer.Instance);

        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        // A graph whose first state gets the payload.
        public void Visit(JsonValue graph)
        {
            if (graph["StartAt"] is JsonString start) Visit(graph, start.Value);
        }

        public void Follow(JsonValue graph, JsonValue state)
        {
            if (state["Next"] is JsonString next) Visit(graph, next.Value);
            if (state["Default"] is JsonString otherwise) Visit(graph, otherwise.Value);
            foreach (var choice in ItemsOf(state["Choices"]))
            {
                if (choice["Next"] is JsonString chosen) Visit(graph, chosen.Value);
            }
        }

        public void Add(JsonValue? part)
        {
            switch (part)
            {
                case JsonString text:
                    foreach (Match member in Member().Matches(text.Value))
                    {
                        if (member.Groups["name"] is { Success: true } name) Names.Add(name.Value);
                    }

                    break;
                case JsonObject value:
                    foreach (var (_, member) in value) Add(member);
                    break;
                case JsonArray items:
                    foreach (var item in items) Add(item);
                    break;
            }
        }

        void Visit(JsonValue graph, string name)
        {
            if (graph["States"]?[name] is not JsonObject state || !visited.Add(state)) return;
            JsonValue json = state;
            Keep(json["Assign"]);
            // Beside its result, a state still has its input.
            AddMentions(json["Output"], Input);
            AddMentions(json["Assign"], Input);
            switch ((json["Type"] as JsonString)?.Value)
            {
                case "Task":
                    Add(json["Arguments"]);
                    return;
                case "Parallel":
                    Add(json["Arguments"]);
                    foreach (var branch in ItemsOf(json["Branches"])) Visit(branch);
                    return;
                case "Map":
                    Add(json["Items"]);
                    Add(json["ItemSelector"]);
                    if (json["ItemProcessor"] is { } processor) Visit(processor);
                    return;
                default:
                    Add(state);
                    Follow(graph, state);
                    return;
            }
        }

        // A variable that keeps the payload carries it to expressions further on.
        void Keep(JsonValue? assign)
        {
            if (assign is not JsonObject variables) return;
            foreach (var (name, value) in variables)
            {
                if (value is JsonString { Value: WholeInput }) AddMentions(document, $"${name}.");
            }
        }

        void AddMentions(JsonValue? part, string what)
        {
            switch (part)
            {
                case JsonString text when text.Value.Contains(what, StringComparison.Ordinal):
                    Add(text);
                    break;
                case JsonObject value:
                    foreach (var (_, member) in value) AddMentions(member, what);
                    break;
                case JsonArray items:
                    foreach (var item in items) AddMentions(item, what);
                    break;
            }
        }

        static IEnumerable<JsonValue> ItemsOf(JsonValue? value) => value as JsonArray as IEnumerable<JsonValue> ?? [];
    }
}
