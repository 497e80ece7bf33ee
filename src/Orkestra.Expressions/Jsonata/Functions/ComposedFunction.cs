using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>What <c>first ~> second</c> makes of two functions.</summary>
internal sealed class ComposedFunction(FunctionValue first, FunctionValue second) : FunctionValue
{
    internal override int Arity => 1;

    internal override JsonValue? Invoke(Run run, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        run.CheckDepth(1);
        run.Depth++;
        var middle = ValueOps.Unwrap(first.Invoke(run, [arguments.Length > 0 ? arguments[0] : null], JsonNull.Instance));
        var result = second.Invoke(run, [middle], JsonNull.Instance);
        run.Depth--;
        return result;
    }
}
