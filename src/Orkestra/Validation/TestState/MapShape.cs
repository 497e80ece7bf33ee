using Orkestra.Expressions.Data;

namespace Orkestra.Validation.TestState;

/// <summary>An object whose names are data.</summary>
internal sealed record MapShape(ResultShape Item) : ResultShape
{
    internal override string? Problem(string field, JsonValue value, bool strict)
    {
        if (value is not JsonObject map) return $"Field '{field}' must be an object";
        foreach (var (name, item) in map)
        {
            if (Item.Problem(name, item, strict) is { } problem) return problem;
        }

        return null;
    }
}
