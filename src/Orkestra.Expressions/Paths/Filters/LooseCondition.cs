using System.Globalization;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths.Filters;

/// <summary>
/// A comparison of Jayway's filters. A number and a text of that number are equal; a path that misses equals nothing, not even another
/// miss, so <c>!=</c> holds for it.
/// </summary>
internal sealed class LooseCondition(LooseOperator operation, FilterValue left, FilterValue right) : FilterCondition
{
    internal override bool Test(in FilterScope scope)
    {
        var a = left.Evaluate(scope);
        if (right is RegexValue regex) return operation == LooseOperator.Matches && a is JsonString text && regex.IsMatch(text.Value, scope.Walk);
        var b = right.Evaluate(scope);
        return operation switch
        {
            LooseOperator.Equal => AreEqual(a, b),
            LooseOperator.NotEqual => !AreEqual(a, b),
            LooseOperator.Less => Compare(a, b) is < 0,
            LooseOperator.LessOrEqual => Compare(a, b) is <= 0,
            LooseOperator.Greater => Compare(a, b) is > 0,
            LooseOperator.GreaterOrEqual => Compare(a, b) is >= 0,
            LooseOperator.In => Holds(b, a),
            LooseOperator.NotIn => a is not null && !Holds(b, a),
            LooseOperator.SubsetOf => a is JsonArray items && All(items, b),
            LooseOperator.AnyOf => a is JsonArray items && Any(items, b),
            LooseOperator.NoneOf => a is JsonArray items && !Any(items, b),
            LooseOperator.All => b is JsonArray wanted && All(wanted, a),
            LooseOperator.Size => b is JsonNumber size && Size(a) == size.Value,
            LooseOperator.Empty => b is JsonBoolean expected && Size(a) is { } count && (count == 0) == expected.Value,
            LooseOperator.Contains => a is JsonString whole ? b is JsonString part && whole.Value.Contains(part.Value, StringComparison.Ordinal) : Holds(a, b),
            _ => false,
        };
    }

    static bool AreEqual(JsonValue? a, JsonValue? b) => (a, b) switch
    {
        (null, _) or (_, null) => false,
        (JsonNumber x, JsonString y) => double.TryParse(y.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == x.Value,
        (JsonString x, JsonNumber y) => x.Value == y.Text,
        _ => a.Equals(b),
    };

    static int? Compare(JsonValue? a, JsonValue? b) => (a, b) switch
    {
        (JsonNumber x, JsonNumber y) => x.Value.CompareTo(y.Value),
        (JsonString x, JsonString y) => string.CompareOrdinal(x.Value, y.Value),
        _ => null,
    };

    static bool Holds(JsonValue? list, JsonValue? value)
    {
        if (list is not JsonArray array || value is null) return false;
        foreach (var item in array)
        {
            if (AreEqual(item, value)) return true;
        }

        return false;
    }

    static bool All(JsonArray values, JsonValue? list)
    {
        if (list is not JsonArray) return false;
        foreach (var value in values)
        {
            if (!Holds(list, value)) return false;
        }

        return true;
    }

    static bool Any(JsonArray values, JsonValue? list)
    {
        foreach (var value in values)
        {
            if (Holds(list, value)) return true;
        }

        return false;
    }

    static int? Size(JsonValue? value) => value switch
    {
        JsonArray array => array.Count,
        JsonObject members => members.Count,
        JsonString text => text.Value.Length,
        _ => null,
    };
}
