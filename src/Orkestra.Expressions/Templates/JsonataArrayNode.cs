using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;

namespace Orkestra.Expressions.Templates;

/// <summary>An array with expressions in it.</summary>
internal sealed class JsonataArrayNode(JsonataNode[] elements) : JsonataNode
{
    internal override JsonValue Evaluate(JsonataBindings bindings, JsonataLimits? limits)
    {
        var values = new JsonValue[elements.Length];
        for (var i = 0; i < values.Length; i++) values[i] = elements[i].Evaluate(bindings, limits);
        return JsonArray.Wrap(values);
    }
}
