using System.Diagnostics.CodeAnalysis;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Jsonata.Runtime;

/// <summary>In the slot of a frame: the variable is bound, to undefined. An empty slot is a variable that is not bound yet, so an outer one of its name shows.</summary>
internal sealed class Undefined : JsonValue
{
    internal static Undefined Value { get; } = new();

    public override JsonKind Kind => (JsonKind)102;

    public override int Utf8Length => 0;

    public override bool Equals([NotNullWhen(true)] JsonValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => 0;
}
