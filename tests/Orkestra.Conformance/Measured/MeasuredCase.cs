using Orkestra.Expressions.Data;

namespace Orkestra.Conformance.Measured;

/// <summary>One case of behavior that was measured on AWS, documented, or inferred: a file of its own. The README beside the files says what the members mean.</summary>
sealed record MeasuredCase(JsonObject Json)
{
    /// <summary>What exclusions name the pool by.</summary>
    internal const string Pool = "cases";

    static readonly JsonReadOptions Deep = new() { MaxDepth = 10_000 };

    internal string Id => Text(Json, "id") ?? "";

    internal string Kind => Text(Json, "kind") ?? "";

    internal string Certainty => Text(Json, "certainty") ?? "";

    internal string Family => Text(Json, "family") ?? "";

    internal string What => Text(Json, "what") ?? "";

    internal JsonValue Expected => Json["expected"] ?? JsonObject.Empty;

    internal JsonValue? this[string name] => Json[name];

    internal static IEnumerable<MeasuredCase> ReadAll(string folder) =>
        Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(path => new MeasuredCase((JsonObject)JsonValue.Parse(File.ReadAllBytes(path), Deep)));

    /// <summary>The definition as text; state machines beside it are named by their ARNs.</summary>
    internal string DefinitionText(Func<string, string> arnOf)
    {
        var text = Text(Json, "definitionText") ?? Json["definition"]?.ToJson() ?? "";
        foreach (var name in MachineNames()) text = text.Replace($"\"@{name}\"", $"\"{arnOf(name)}\"", StringComparison.Ordinal);
        return text;
    }

    /// <summary>The definitions of the state machines around the case, by name.</summary>
    internal IEnumerable<(string Name, JsonValue Definition)> Machines()
    {
        if (Json["child"] is { } child) yield return ("child", child);
        foreach (var (name, definition) in Json["machines"] as JsonObject ?? JsonObject.Empty) yield return (name, definition);
    }

    internal static string? Text(JsonValue? json, string name) => (json?[name] as JsonString)?.Value;

    IEnumerable<string> MachineNames() => Machines().Select(machine => machine.Name);
}
