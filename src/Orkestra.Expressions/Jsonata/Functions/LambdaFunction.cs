using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Nodes.Calls;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>A lambda with the frame and the context it was made in.</summary>
internal sealed class LambdaFunction(LambdaNode node, JsonValue? input, VariableFrame frame) : FunctionValue
{
    internal override int Arity => node.ParameterCount;

    internal override JsonValue? Invoke(Run run, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        run.CheckDepth(node.GuaranteedDepth);
        var result = Apply(run, arguments, context);
        while (ReferenceEquals(result, TailCall.Pending))
        {
            // Trampoline: the body ended in a call, which is made here so that the stack does not grow.
            var function = run.TakeTailCall(out var pending, out var site);
            try
            {
                result = function is LambdaFunction lambda ? lambda.Apply(run, pending, context) : function.Invoke(run, pending, context);
            }
            catch (JsonataException problem) when (problem.Complete(site.Position, site.Name))
            {
                throw;
            }
        }

        return result;
    }

    JsonValue? Apply(Run run, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        run.Step();
        if (node.Signature is not null && !node.Signature.Fits(arguments)) arguments = node.Signature.Validate(arguments, context);
        return node.Body.Evaluate(input, node.NeedsFrame ? Bind(arguments) : frame);
    }

    VariableFrame Bind(ReadOnlySpan<JsonValue?> arguments)
    {
        var slots = new JsonValue?[node.SlotCount];
        for (var i = 0; i < node.ParameterCount; i++) slots[node.ParameterSlots[i]] = i < arguments.Length && arguments[i] is { } argument ? argument : Undefined.Value;
        return new VariableFrame(frame, slots, node.Scope);
    }
}
