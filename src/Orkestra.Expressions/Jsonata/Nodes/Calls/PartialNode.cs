using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Jsonata.Nodes.Variables;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Calls;

/// <summary>A partial application: a call some of whose arguments are <c>?</c>.</summary>
/// <param name="procedure">What is applied.</param>
/// <param name="arguments">The arguments; null where one is left open.</param>
/// <param name="site">Where it stands.</param>
/// <param name="hint">For a field name that is applied: the variable of that name, which may have been meant.</param>
internal sealed class PartialNode(Node procedure, Node?[] arguments, CallSite site, VariableNode? hint) : Node
{
    readonly int[] open = [.. Enumerable.Range(0, arguments.Length).Where(i => arguments[i] is null)];

    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame)
    {
        frame.Run.Step(arguments.Length);
        frame.Run.Charge(64 + (arguments.Length * 8));
        var given = new JsonValue?[arguments.Length];
        for (var i = 0; i < arguments.Length; i++) given[i] = arguments[i]?.Evaluate(input, frame);
        var function = procedure.Evaluate(input, frame);
        if (function is FunctionValue callee) return new PartialFunction(callee, given, open);
        if (function is null && hint is not null && ValueOps.IsTruthy(hint.Evaluate(input, frame))) throw new JsonataException("T1007", site.Position, site.Name);
        throw new JsonataException("T1008", site.Position, site.Name);
    }
}
