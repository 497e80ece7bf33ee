using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Variables;

/// <summary><c>:=</c>, which binds in the innermost scope.</summary>
internal sealed class BindNode(int slot, Node value) : Node
{
    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame)
    {
        var result = value.Evaluate(input, frame);
        frame.Slots[slot] = result ?? Undefined.Value;
        return result;
    }
}
