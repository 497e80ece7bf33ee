using Orkestra.Expressions.Data;

namespace Orkestra.Validation.TestState;

/// <summary>A string, a blob or a timestamp.</summary>
internal sealed record TextShape(long Least, long Most, string[]? Words) : ResultShape
{
    internal override string? Problem(string field, JsonValue value, bool strict)
    {
        if (value is not JsonString text) return $"Field '{field}' must be a string";
        if (text.Value.Length < Least) return $"Field '{field}' is smaller than the minimum length";
        if (text.Value.Length > Most) return $"Field '{field}' is larger than the maximum length";
        return Words is null || Words.Contains(text.Value) ? null : $"Field '{field}' is not an expected value";
    }
}
