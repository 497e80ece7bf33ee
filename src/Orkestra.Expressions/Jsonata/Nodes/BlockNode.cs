using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Compilation;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

/// <summary>Expressions one after another in a scope of their own; the last one is the value.</summary>
internal sealed class BlockNode(Node[] expressions, Scope scope) : Node
{
    internal override JsonValue? Evaluate(JsonValue? input, Frame frame)
    {
        if (scope.Count > 0) frame = new Frame(frame, new JsonValue?[scope.Count], scope);
        JsonValue? result = null;
        foreach (var expression in expressions) result = expression.Evaluate(input, frame);
        return result;
    }
}
