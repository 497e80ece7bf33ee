using System.Collections.Frozen;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>The built-in functions by name. Arities are those of the reference, as they decide what <c>$map</c> and its like pass.</summary>
internal static class Builtins
{
    static readonly FrozenDictionary<string, FunctionValue> Standard = Make(
    [
        .. NumberFunctions.All, .. StringFunctions.All, .. MatchFunctions.All, .. ArrayFunctions.All, .. ObjectFunctions.All, .. HigherOrderFunctions.All,
        .. TimeFunctions.All, .. UrlFunctions.All, .. GeneralFunctions.All,
    ]);

    static readonly FrozenDictionary<string, FunctionValue> StepFunctions = Make([.. Standard.Values.OfType<NativeFunction>(), .. StepFunctionsFunctions.All], eval: false);

    internal static bool Contains(string name) => Standard.ContainsKey(name) || StepFunctions.ContainsKey(name);

    internal static FunctionValue? Find(string name, JsonataDialect dialect) =>
        (dialect == JsonataDialect.StepFunctions ? StepFunctions : Standard).GetValueOrDefault(name);

    // Of two functions with one name the last counts.
    static FrozenDictionary<string, FunctionValue> Make(IEnumerable<NativeFunction> functions, bool eval = true)
    {
        var byName = new Dictionary<string, FunctionValue>(StringComparer.Ordinal);
        foreach (var function in functions) byName[function.Name] = function;
        if (eval) byName["eval"] = new EvalFunction();
        return byName.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
