using System.Runtime.CompilerServices;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Intrinsics;

/// <summary>A call.</summary>
internal sealed class IntrinsicCall(IntrinsicFunction function, IntrinsicNode[] arguments) : IntrinsicNode
{
    internal IntrinsicFunction Function => function;

    internal override JsonValue Evaluate(in EvaluationScope scope, string expression)
    {
        if (arguments.Length > Few.Length) return Call(new JsonValue[arguments.Length], scope, expression);
        var few = default(Few);
        return Call(few[..arguments.Length], scope, expression);
    }

    JsonValue Call(Span<JsonValue> values, in EvaluationScope scope, string expression)
    {
        for (var i = 0; i < values.Length; i++) values[i] = arguments[i].Evaluate(scope, expression);
        try
        {
            return function.Call(values, scope.Randomness);
        }
        catch (IntrinsicFault fault)
        {
            throw new ExpressionException(ExpressionFailure.Intrinsic, $"The function '{expression}' had the following error: {fault.Message}");
        }
    }

    /// <summary>Values of a call's arguments on the stack.</summary>
    [InlineArray(Length)]
    struct Few
    {
        internal const int Length = 4;

        JsonValue first;
    }
}
