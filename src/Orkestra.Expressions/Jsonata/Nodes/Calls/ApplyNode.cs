using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Jsonata.Nodes.Construction;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Calls;

/// <summary><c>left ~> right</c>: calls the right side with the left, or composes two functions.</summary>
/// <param name="left">The left side.</param>
/// <param name="right">The right side.</param>
/// <param name="isCall">The right side is a call, which gets the left as its first argument.</param>
/// <param name="position">Where it stands.</param>
/// <param name="depth">How deep in its function it stands.</param>
internal sealed class ApplyNode(Node left, Node right, bool isCall, int position, int depth) : SequenceValuedNode
{
    internal override bool IsCondition => right is RegexNode;

    internal override bool Test(JsonValue? input, VariableFrame frame)
    {
        if (right is not RegexNode regex) return base.Test(input, frame);
        // The match itself is not asked for.
        return left.Evaluate(input, frame) is JsonString text && regex.Function.IsMatch(frame.Run, text.Value);
    }

    internal override JsonValue? EvaluateRaw(JsonValue? input, VariableFrame frame)
    {
        var value = left.Evaluate(input, frame);
        if (isCall) return ((CallNode)right).Pipe(value, input, frame);
        var function = right.Evaluate(input, frame) as FunctionValue ?? throw new JsonataException("T2006", position, "~>");
        var run = frame.Run;
        if (value is FunctionValue first)
        {
            run.Charge(32);
            return new ComposedFunction(first, function);
        }

        run.Depth += depth;
        run.Caller = frame;
        try
        {
            var result = function.Invoke(run, [value], JsonNull.Instance);
            run.Depth -= depth;
            return result;
        }
        catch (JsonataException problem) when (problem.Complete(position, "~>"))
        {
            throw;
        }
    }
}
