using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;

namespace Orkestra.Expressions.Templates;

/// <summary>A part without expressions, shared by all results.</summary>
internal sealed class JsonataLiteralNode(JsonValue value) : JsonataNode
{
    internal override JsonValue Evaluate(JsonataBindings bindings, JsonataLimits? limits) => value;
}
