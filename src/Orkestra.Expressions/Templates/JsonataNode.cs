using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;

namespace Orkestra.Expressions.Templates;

/// <summary>A part of a JSONata field.</summary>
internal abstract class JsonataNode
{
    internal abstract JsonValue Evaluate(JsonataBindings bindings, JsonataLimits? limits);
}
