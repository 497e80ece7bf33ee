using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Orkestra.Authoring.Lowering.Metadata;

namespace Orkestra.Authoring.Lowering.Operations;

/// <summary>Knows the types whose values are equal exactly when their JSON is: JSONata compares nothing else.</summary>
internal static class Equalities
{
    public static bool IsByValue(Type type, Contracts contracts) => IsByValue(type, contracts, []);

    static bool IsByValue(Type type, Contracts contracts, HashSet<Type> visited)
    {
        type = Types.Unwrap(type);
        if (Types.IsScalar(type)) return true;
        if (!visited.Add(type)) return true;
        if (Types.IsTuple(type) || Types.IsAnonymous(type)) return type.GetGenericArguments().All(argument => IsByValue(argument, contracts, visited));
        return IsRecord(type)
            && contracts.InfoOf(type) is { Kind: JsonTypeInfoKind.Object } info
            && info.Properties.All(property => property.Get is null || IsByValue(property.PropertyType, contracts, visited));
    }

    // The compiler writes a record's Equals, unless the record's author did.
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Without the method the type counts as compared by reference and the comparison is refused.")]
    static bool IsRecord(Type type) => type.GetMethod(nameof(Equals), [type])?.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) == true;
}
