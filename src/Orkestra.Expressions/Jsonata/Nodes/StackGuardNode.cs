using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

/// <summary>Stands at every so many levels of a deep expression and sees that the thread's stack reaches to the next one.</summary>
internal sealed class StackGuardNode(Node operand) : Node
{
    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame)
    {
        frame.Run.CheckDepth(0);
        return operand.Evaluate(input, frame);
    }

    internal override JsonValue? EvaluateRaw(JsonValue? input, VariableFrame frame)
    {
        frame.Run.CheckDepth(0);
        return operand.EvaluateRaw(input, frame);
    }
}
