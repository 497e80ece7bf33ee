using Orkestra.Expressions.Data;

namespace Orkestra.Validation.TestState;

/// <summary>A boolean.</summary>
internal sealed record FlagShape : ResultShape
{
    internal override string? Problem(string field, JsonValue value, bool strict) => value is JsonBoolean ? null : $"Field '{field}' must be a boolean";
}
