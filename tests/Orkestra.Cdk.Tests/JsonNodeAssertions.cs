using System.Text.Json.Nodes;
using Shouldly;

namespace Orkestra.Cdk.Tests;

public static class JsonNodeAssertions
{
    public static void ShouldBeText(this JsonNode? node, string text) => ((string?)node).ShouldBe(text);

    public static string ToText(this JsonNode? node) => SynthesisedTemplate.TextOf(node);
}
