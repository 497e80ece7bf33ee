using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Compilation;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Variables;

/// <summary>Expressions one after another in a scope of their own; the last one is the value.</summary>
internal sealed class BlockNode(Node[] expressions, ExpressionScope scope) : Node
{
    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame)
    {
        if (scope.Count > 0) frame = new VariableFrame(frame, new JsonValue?[scope.Count], scope);
        frame.Run.Step(expressions.Length);
        JsonValue? result = null;
        foreach (var expression in expressions) result = expression.Evaluate(input, frame);
        return result;
    }
}
