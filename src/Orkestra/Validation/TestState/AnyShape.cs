using Orkestra.Expressions.Data;

namespace Orkestra.Validation.TestState;

/// <summary>Anything, such as the payload a function returns.</summary>
internal sealed record AnyShape : ResultShape
{
    internal override string? Problem(string field, JsonValue value, bool strict) => null;
}
