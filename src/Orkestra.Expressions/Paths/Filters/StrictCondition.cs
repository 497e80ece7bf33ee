using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths.Filters;

/// <summary>A comparison of RFC 9535 section 2.3.5.2.2: Nothing equals Nothing, values of different kinds are neither equal nor ordered.</summary>
internal sealed class StrictCondition(FilterOperator operation, FilterValue left, FilterValue right) : FilterCondition
{
    internal override bool Test(in FilterScope scope)
    {
        var a = left.Evaluate(scope);
        var b = right.Evaluate(scope);
        return operation switch
        {
            FilterOperator.Equal => AreEqual(a, b),
            FilterOperator.NotEqual => !AreEqual(a, b),
            FilterOperator.Less => IsLess(a, b),
            FilterOperator.LessOrEqual => IsLess(a, b) || AreEqual(a, b),
            FilterOperator.Greater => IsLess(b, a),
            _ => IsLess(b, a) || AreEqual(a, b),
        };
    }

    static bool AreEqual(JsonValue? a, JsonValue? b) => a is null ? b is null : a.Equals(b);

    static bool IsLess(JsonValue? a, JsonValue? b) => (a, b) switch
    {
        (JsonNumber x, JsonNumber y) => x.Value < y.Value,
        (JsonString x, JsonString y) => CompareScalars(x.Value, y.Value) < 0,
        _ => false,
    };

    /// <summary>By Unicode scalar values: a surrogate pair is above all characters of the basic plane.</summary>
    static int CompareScalars(string a, string b)
    {
        var length = Math.Min(a.Length, b.Length);
        for (var i = 0; i < length; i++)
        {
            if (a[i] == b[i]) continue;
            var x = char.IsSurrogate(a[i]) ? a[i] + 0x10000 : a[i];
            var y = char.IsSurrogate(b[i]) ? b[i] + 0x10000 : b[i];
            return x - y;
        }

        return a.Length - b.Length;
    }
}
