using System.Diagnostics.CodeAnalysis;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Jsonata.Runtime;

/// <summary>What a body returns in place of a result when it ends in a call: the call itself is kept in the <see cref="Run"/>.</summary>
internal sealed class TailCall : JsonValue
{
    internal static TailCall Pending { get; } = new();

    public override JsonKind Kind => (JsonKind)101;

    public override int Utf8Length => 0;

    public override bool Equals([NotNullWhen(true)] JsonValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => 0;
}
