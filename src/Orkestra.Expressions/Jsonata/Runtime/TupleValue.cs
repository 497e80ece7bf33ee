using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Jsonata.Runtime;

/// <summary>An element of a path that binds variables as it goes: the context value and what is bound, by the labels of the whole expression.</summary>
internal sealed class TupleValue(JsonValue? focus, JsonValue?[] slots) : JsonValue
{
    internal JsonValue? Focus { get; set; } = focus;

    internal JsonValue?[] Slots { get; } = slots;

    public override JsonKind Kind => (JsonKind)103;

    public override int Utf8Length => 0;

    internal TupleValue Copy(JsonValue? focus) => new(focus, (JsonValue?[])Slots.Clone());

    public override bool Equals([NotNullWhen(true)] JsonValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
