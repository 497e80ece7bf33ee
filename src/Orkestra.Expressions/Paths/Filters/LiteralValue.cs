using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths.Filters;

/// <summary>A literal.</summary>
internal sealed class LiteralValue(JsonValue value) : FilterValue
{
    internal JsonValue Value { get; } = value;

    internal override JsonValue Evaluate(in FilterScope scope) => Value;
}
