using Orkestra.Expressions.Data;

namespace Orkestra.Validation.TestState;

/// <summary>An array.</summary>
internal sealed record ListShape(ResultShape Item) : ResultShape
{
    internal override string? Problem(string field, JsonValue value, bool strict)
    {
        if (value is not JsonArray array) return $"Field '{field}' must be an array";
        foreach (var item in array)
        {
            if (Item.Problem(field, item, strict) is { } problem) return problem;
        }

        return null;
    }
}
