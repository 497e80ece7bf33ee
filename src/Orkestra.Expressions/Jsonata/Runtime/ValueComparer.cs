using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Jsonata.Runtime;

/// <summary>Equality as <c>=</c> has it, for hash tables.</summary>
internal sealed class ValueComparer : IEqualityComparer<JsonValue>
{
    internal static ValueComparer Instance { get; } = new();

    public bool Equals(JsonValue? x, JsonValue? y) => Values.AreEqual(x, y);

    public int GetHashCode([DisallowNull] JsonValue value)
    {
        switch (value)
        {
            case JsonNumber number: return number.Value.GetHashCode();
            case JsonString text: return text.Value.GetHashCode(StringComparison.Ordinal);
            case JsonObject members:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                var hash = members.Count;
                for (var i = 0; i < members.Count; i++) hash ^= HashCode.Combine(members.Shape[i].GetHashCode(StringComparison.Ordinal), GetHashCode(members.Values[i]));
                return hash;
            case JsonArray or Sequence:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                var all = new HashCode();
                foreach (var item in Values.Items(value)) all.Add(item is null ? 0 : GetHashCode(item));
                return all.ToHashCode();
            default: return RuntimeHelpers.GetHashCode(value);
        }
    }
}
