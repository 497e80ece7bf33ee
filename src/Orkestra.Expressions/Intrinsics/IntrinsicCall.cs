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
            var result = function.Call(values, scope);
            if (scope.Meter is not null) Count(scope.Meter, values, result);
            return result;
        }
        catch (IntrinsicFault fault)
        {
            throw new ExpressionException(ExpressionFailure.Intrinsic, $"The function '{expression}' had the following error: {fault.Message}");
        }
    }

    // What a function looks at and makes, by estimate: the elements of arrays and the characters of texts.
    static void Count(EvaluationMeter meter, ReadOnlySpan<JsonValue> arguments, JsonValue result)
    {
        var steps = 1L;
        foreach (var argument in arguments) steps += Size(argument) >> 1;
        if (!meter.TryUse(steps, 48 + (Size(result) * 8))) throw new IntrinsicFault("The evaluations of this state use more memory or more steps than they may");
    }

    static long Size(JsonValue value) => value switch
    {
        JsonString text => text.Value.Length >> 2,
        JsonArray array => array.Count,
        JsonObject members => members.Count * 2,
        _ => 0,
    };

    /// <summary>Values of a call's arguments on the stack.</summary>
    [InlineArray(Length)]
    struct Few
    {
        internal const int Length = 4;

        JsonValue first;
    }
}
