using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;

namespace Orkestra.Expressions.Templates;

/// <summary>An object with expressions in it. All objects it makes share one shape.</summary>
internal sealed class JsonataObjectNode(JsonShape shape, JsonataNode[] members) : JsonataNode
{
    internal override JsonValue Evaluate(JsonataBindings bindings, JsonataLimits? limits)
    {
        var values = new JsonValue[members.Length];
        for (var i = 0; i < values.Length; i++) values[i] = members[i].Evaluate(bindings, limits);
        return new JsonObject(shape, values);
    }
}
