using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

/// <summary><c>left ~> right</c>: calls the right side with the left, or composes two functions.</summary>
internal sealed class ApplyNode(Node left, Node right, int position, int depth) : SequenceNode
{
    internal override JsonValue? EvaluateRaw(JsonValue? input, Frame frame)
    {
        var value = left.Evaluate(input, frame);
        if (right is CallNode call) return call.Pipe(value, input, frame);
        var function = right.Evaluate(input, frame) as FunctionValue ?? throw new JsonataException("T2006", position, "~>");
        if (value is FunctionValue first) return new ComposedFunction(first, function);
        var run = frame.Run;
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
