using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>A function with some of its arguments given: those at <paramref name="open"/> are still to come.</summary>
internal sealed class PartialFunction(FunctionValue function, JsonValue?[] given, int[] open) : FunctionValue
{
    internal override int Arity => open.Length;

    internal override JsonValue? Invoke(Run run, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        var all = (JsonValue?[])given.Clone();
        for (var i = 0; i < open.Length; i++) all[open[i]] = i < arguments.Length ? arguments[i] : null;
        run.CheckDepth(1);
        run.Depth++;
        var result = function.Invoke(run, all, context);
        run.Depth--;
        return result;
    }
}
