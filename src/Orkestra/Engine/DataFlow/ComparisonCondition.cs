using Orkestra.Asl;
using Orkestra.Asl.Choices;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.DataFlow;

/// <summary>
/// JSONPath: a data-test expression. A value of another type than the operator's compares as false. A path that misses fails the state, but not with
/// <c>IsPresent</c>.
/// </summary>
/// <param name="variable">What is compared.</param>
/// <param name="comparison">How, without <c>Path</c>.</param>
/// <param name="value">What it is compared with; null when <paramref name="path"/> says where that is.</param>
/// <param name="path">Where what it is compared with is found.</param>
internal sealed class ComparisonCondition(PathTemplate variable, ComparisonOperator comparison, JsonValue? value, PathTemplate? path) : Condition
{
    readonly long timestamp = value is JsonString text && Rfc3339.TryParse(text.Value, out var ticks) ? ticks : long.MinValue;

    internal override bool IsMet(Evaluation at)
    {
        var actual = variable.Find(at);
        if (comparison == ComparisonOperator.IsPresent) return actual is not null == Expected;
        if (actual is null) throw Missing(variable);
        var wanted = value ?? path!.Find(at) ?? throw Missing(path!);
        return comparison switch
        {
            ComparisonOperator.IsNull => actual is JsonNull == Expected,
            ComparisonOperator.IsBoolean => actual is JsonBoolean == Expected,
            ComparisonOperator.IsNumeric => actual is JsonNumber == Expected,
            ComparisonOperator.IsString => actual is JsonString == Expected,
            ComparisonOperator.IsTimestamp => TryTimestamp(actual, out _) == Expected,
            ComparisonOperator.BooleanEquals => actual is JsonBoolean && actual.Equals(wanted),
            ComparisonOperator.StringMatches => actual is JsonString subject && wanted is JsonString pattern && Wildcards.Match(subject.Value, pattern.Value),
            >= ComparisonOperator.NumericEquals and <= ComparisonOperator.NumericLessThanEquals => CompareNumbers(actual, wanted),
            >= ComparisonOperator.StringEquals and <= ComparisonOperator.StringLessThanEquals =>
                actual is JsonString left && wanted is JsonString right && Holds(string.CompareOrdinal(left.Value, right.Value)),
            _ => TryTimestamp(actual, out var time) && TryExpectedTimestamp(wanted, out var other) && Holds(time.CompareTo(other)),
        };
    }

    bool Expected => value is not JsonBoolean { Value: false };

    bool CompareNumbers(JsonValue actual, JsonValue wanted)
    {
        if (actual is not JsonNumber left || wanted is not JsonNumber right) return false;
        var order = left.Value.CompareTo(right.Value);
        // Long integers and decimals differ in digits a double does not have.
        if (order == 0 && !left.Equals(right) && left.TryGetDecimal(out var exact) && right.TryGetDecimal(out var other)) order = exact.CompareTo(other);
        return Holds(order);
    }

    bool Holds(int order) => comparison switch
    {
        ComparisonOperator.NumericEquals or ComparisonOperator.StringEquals or ComparisonOperator.TimestampEquals => order == 0,
        ComparisonOperator.NumericGreaterThan or ComparisonOperator.StringGreaterThan or ComparisonOperator.TimestampGreaterThan => order > 0,
        ComparisonOperator.NumericGreaterThanEquals or ComparisonOperator.StringGreaterThanEquals or ComparisonOperator.TimestampGreaterThanEquals => order >= 0,
        ComparisonOperator.NumericLessThan or ComparisonOperator.StringLessThan or ComparisonOperator.TimestampLessThan => order < 0,
        _ => order <= 0,
    };

    bool TryExpectedTimestamp(JsonValue wanted, out long ticks)
    {
        if (value is null) return TryTimestamp(wanted, out ticks);
        ticks = timestamp;
        return ticks != long.MinValue;
    }

    static bool TryTimestamp(JsonValue value, out long ticks)
    {
        ticks = 0;
        return value is JsonString text && Rfc3339.TryParse(text.Value, out ticks);
    }

    static EvaluationException Missing(PathTemplate path) =>
        new(ErrorNames.Runtime, $"Invalid path '{path.Path.Text}': The choice state's condition path references an invalid value.");
}
