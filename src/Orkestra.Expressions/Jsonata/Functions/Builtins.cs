using Orkestra.Expressions.Jsonata.Service;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>The built-in functions by name. Arities are those of the reference, as they decide what <c>$map</c> and similar functions pass.</summary>
internal static class Builtins
{
    // What nearly every expression reads; it is not a function, and most expressions call none.
    const string States = "states";

    internal static bool Contains(string name) => name != States && (Tables.Standard.ContainsKey(name) || Tables.StepFunctions.ContainsKey(name));

    internal static FunctionValue? Find(string name, JsonataDialect dialect) =>
        name == States ? null : (dialect == JsonataDialect.StepFunctions ? Tables.StepFunctions : Tables.Standard).GetValueOrDefault(name);

    // Of two functions with one name the last counts.
    static Dictionary<string, FunctionValue> Make(IEnumerable<NativeFunction> functions, bool eval = true)
    {
        var byName = new Dictionary<string, FunctionValue>(StringComparer.Ordinal);
        foreach (var function in functions) byName[function.Name] = function;
        if (eval) byName["eval"] = new EvalFunction();
        else byName["hash"] = new HashFunction();
        return byName;
    }

    // Made when the first function is named. Plain dictionaries: to freeze them takes longer than a short-lived process looks into them.
    static class Tables
    {
        internal static readonly Dictionary<string, FunctionValue> Standard = Make(
        [
            .. NumberFunctions.All, .. StringFunctions.All, .. MatchFunctions.All, .. ArrayFunctions.All, .. ObjectFunctions.All, .. HigherOrderFunctions.All,
            .. TimeFunctions.All, .. UrlFunctions.All, .. GeneralFunctions.All,
        ]);

        internal static readonly Dictionary<string, FunctionValue> StepFunctions = Make([.. Standard.Values.OfType<NativeFunction>(), .. AddedFunctions.All, .. ChangedFunctions.All], eval: false);
    }
}
