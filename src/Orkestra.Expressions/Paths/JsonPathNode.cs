using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths;

/// <summary>A value a path selected, and where it is.</summary>
/// <param name="Value">The value.</param>
/// <param name="Path">Its normalized path (RFC 9535 section 2.7), such as <c>$['a'][0]</c>.</param>
public readonly record struct JsonPathNode(JsonValue Value, string Path);
