using Orkestra.Expressions.Data;

namespace Orkestra.Validation.TestState;

/// <summary>A number.</summary>
internal sealed record NumberShape(double Least, double Most) : ResultShape
{
    internal override string? Problem(string field, JsonValue value, bool strict)
    {
        if (value is not JsonNumber number) return $"Field '{field}' must be a number";
        if (number.Value < Least) return $"Field '{field}' is less than the minimum value";
        return number.Value > Most ? $"Field '{field}' is greater than the maximum value" : null;
    }
}
