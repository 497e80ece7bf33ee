using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;

namespace Orkestra.Cdk.Tests;

/// <summary>A template read back from where it was synthesised to.</summary>
public sealed class SynthesisedTemplate(string text)
{
    /// <summary>One line, with the characters of references as they are.</summary>
    public static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Text { get; } = text;

    public JsonNode Root { get; } = JsonNode.Parse(text)!;

    public IReadOnlyList<JsonNode> All(string type) =>
        [.. Root["Resources"]!.AsObject().Where(resource => (string?)resource.Value!["Type"] == type).Select(resource => resource.Value!["Properties"]!)];

    /// <summary>The properties of the only resource of a type.</summary>
    public JsonNode Only(string type) => All(type).ShouldHaveSingleItem();

    /// <summary>The properties of the only resource whose logical id begins like this, before CDK's hash.</summary>
    public JsonNode Named(string id) => Resource(id)["Properties"]!;

    public JsonNode Resource(string id) =>
        Root["Resources"]!.AsObject().Where(resource => resource.Key.Length == id.Length + 8 && resource.Key.StartsWith(id, StringComparison.Ordinal)).ShouldHaveSingleItem().Value!;

    public static string TextOf(JsonNode? node) => node?.ToJsonString(Readable) ?? "nothing";
}
