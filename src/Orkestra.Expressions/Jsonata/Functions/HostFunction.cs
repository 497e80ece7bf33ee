using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>A function of the caller. It sees only plain JSON.</summary>
internal sealed class HostFunction(string name, JsonataFunction function, Signature? signature, int arity) : FunctionValue
{
    internal override int Arity => arity;

    internal override JsonValue? Invoke(Run run, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        try
        {
            run.Step();
            var validated = signature is null ? arguments.ToArray() : signature.Validate(arguments, context);
            for (var i = 0; i < validated.Length; i++) validated[i] = ValueOps.Clean(run, validated[i]);
            return function(validated);
        }
        catch (JsonataException problem) when (problem.Complete(-1, name))
        {
            throw;
        }
    }
}
