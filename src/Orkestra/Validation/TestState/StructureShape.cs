using Orkestra.Expressions.Data;

namespace Orkestra.Validation.TestState;

/// <summary>An object with known fields. Fields it does not know are let be.</summary>
internal sealed record StructureShape((string Name, ResultShape Shape, bool Required)[] Fields) : ResultShape
{
    internal override string? Problem(string field, JsonValue value, bool strict)
    {
        if (value is not JsonObject structure) return field.Length == 0 ? null : $"Field '{field}' must be an object";
        foreach (var (name, shape, required) in Fields)
        {
            if (structure.TryGetValue(name, out var member))
            {
                if (!member.IsNull && shape.Problem(name, member, strict) is { } problem) return problem;
            }
            else if (required && strict)
            {
                return $"Required field '{name}' is missing";
            }
        }

        return null;
    }
}
