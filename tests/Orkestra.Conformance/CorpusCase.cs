using Orkestra.Expressions.Data;

namespace Orkestra.Conformance;

/// <summary>One case of a corpus: the file it stands in, relative to the data folder, and its JSON.</summary>
sealed record CorpusCase(string File, JsonObject Json, string DataFolder)
{
    public string Id => Text("id") ?? "";

    /// <summary>What kind of answer is asked for: the top folder, or the case's own kind for recorded AWS answers.</summary>
    public string Kind => File.Split('/')[0] is var top and ("jsonata" or "jsonpath" or "validation" or "definitions") ? top : Text("kind") ?? "execution";

    public string? Text(string name) => (Json[name] as JsonString)?.Value;

    /// <summary>The definition as text: its JSON, or the text of one that is not JSON.</summary>
    public string DefinitionText => Json["definition"]?.ToJson() ?? Text("definitionText") ?? "";
}
