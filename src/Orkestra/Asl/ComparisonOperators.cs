using System.Collections.Frozen;

namespace Orkestra.Asl;

/// <summary>The names of the comparison operators.</summary>
internal static class ComparisonOperators
{
    static readonly FrozenDictionary<string, ComparisonOperator> ByName =
        Enum.GetValues<ComparisonOperator>().ToFrozenDictionary(value => value.ToString(), StringComparer.Ordinal);

    internal static bool TryParse(string name, out ComparisonOperator value) => ByName.TryGetValue(name, out value);
}
