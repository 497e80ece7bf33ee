using System.Diagnostics.CodeAnalysis;

namespace Orkestra.Expressions.Data;

/// <summary>The JSON <c>null</c>.</summary>
public sealed class JsonNull : JsonValue
{
    private JsonNull()
    {
    }

    /// <summary>The only instance.</summary>
    public static JsonNull Instance { get; } = new();

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Null;

    /// <inheritdoc/>
    public override int Utf8Length => 4;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] JsonValue? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => 0;
}
