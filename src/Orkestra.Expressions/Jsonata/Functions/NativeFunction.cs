using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>A built-in function.</summary>
internal sealed class NativeFunction(string name, string signature, int arity, NativeBody body) : FunctionValue
{
    readonly Signature signature = Signature.Parse(signature, 0);

    internal string Name { get; } = name;

    internal override int Arity => arity;

    internal override JsonValue? Invoke(Run run, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        run.Step();
        return signature.Fits(arguments) ? body(run, arguments) : body(run, signature.Validate(arguments, context));
    }
}
