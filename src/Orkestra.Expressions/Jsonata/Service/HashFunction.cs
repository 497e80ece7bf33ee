using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Service;

/// <summary><c>$hash</c>. It tells an algorithm that is left out from one that is undefined, which a signature does not.</summary>
internal sealed class HashFunction : FunctionValue
{
    internal override int Arity => 2;

    internal override JsonValue? Invoke(Run run, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        run.Step();
        if (arguments.Length == 0) throw new JsonataException("T0410") { Index = 1 };
        return AddedFunctions.Hash(run, arguments);
    }
}
