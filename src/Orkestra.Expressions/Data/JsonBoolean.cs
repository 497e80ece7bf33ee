using System.Diagnostics.CodeAnalysis;

namespace Orkestra.Expressions.Data;

/// <summary>The JSON <c>true</c> or <c>false</c>.</summary>
public sealed class JsonBoolean : JsonValue
{
    private JsonBoolean(bool value) => Value = value;

    /// <summary>The JSON <c>true</c>.</summary>
    public static JsonBoolean True { get; } = new(true);

    /// <summary>The JSON <c>false</c>.</summary>
    public static JsonBoolean False { get; } = new(false);

    /// <summary>The value.</summary>
    public bool Value { get; }

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Boolean;

    /// <inheritdoc/>
    public override int Utf8Length => Value ? 4 : 5;

    /// <summary>The instance for <paramref name="value"/>.</summary>
    public static JsonBoolean Create(bool value) => value ? True : False;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] JsonValue? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value ? 1 : 2;
}
