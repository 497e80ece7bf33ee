using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Jsonata.Nodes.Variables;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Calls;

/// <summary>A call. In tail position it is handed to the caller to make; see <see cref="TailCall"/>.</summary>
/// <param name="procedure">What is called.</param>
/// <param name="arguments">The arguments.</param>
/// <param name="site">Where it stands.</param>
/// <param name="depth">How deep in its function it stands.</param>
/// <param name="hint">For a field name that is called: the variable of that name, which may have been meant.</param>
/// <param name="isTail">It is the last thing its function does.</param>
internal sealed class CallNode(Node procedure, Node[] arguments, CallSite site, int depth, VariableNode? hint, bool isTail) : SequenceValuedNode
{
    internal override JsonValue? EvaluateRaw(JsonValue? input, VariableFrame frame) => Evaluate(input, frame, null, piped: false);

    /// <summary>The call with a first argument in front of its own: <c>first ~> $f(…)</c>.</summary>
    internal JsonValue? Pipe(JsonValue? first, JsonValue? input, VariableFrame frame) => Evaluate(input, frame, first, piped: true);

    JsonValue? Evaluate(JsonValue? input, VariableFrame frame, JsonValue? first, bool piped)
    {
        var run = frame.Run;
        var function = procedure.Evaluate(input, frame);
        if (function is null && hint is not null && ValueOps.IsTruthy(hint.Evaluate(input, frame))) throw new JsonataException("T1005", site.Position, site.Name);
        var start = run.Top;
        if (piped) run.Push(first);
        foreach (var argument in arguments) run.Push(argument.Evaluate(input, frame));
        if (function is not FunctionValue callee) throw new JsonataException("T1006", site.Position, site.Name);
        if (isTail && !piped) return run.SetTailCall(callee, start, site);
        run.Depth += depth;
        run.Caller = frame;
        try
        {
            var result = callee.Invoke(run, run.Stack.AsSpan(start, run.Top - start), input);
            run.Depth -= depth;
            run.Top = start;
            return result;
        }
        catch (JsonataException problem) when (problem.Complete(site.Position, site.Name))
        {
            throw;
        }
    }
}
