using Orkestra.Expressions.Data;

namespace Orkestra.Asl;

/// <summary>A state that is not an object or has no known <c>Type</c>. The reader reports it and keeps it as it is.</summary>
public sealed record UnknownState : State
{
    /// <summary>The state as it was read.</summary>
    public required JsonValue Value { get; init; }

    /// <inheritdoc/>
    public override string? Type => Value["Type"] is JsonString type ? type.Value : null;
}
