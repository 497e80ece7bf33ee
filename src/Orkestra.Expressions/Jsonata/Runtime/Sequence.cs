using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Jsonata.Runtime;

/// <summary>
/// An array inside an evaluation, with what JSONata remembers of how it came to be (https://docs.jsonata.org/processing#sequences). An element may be undefined.
/// At the rim it becomes a <see cref="JsonArray"/> over the same elements.
/// </summary>
internal sealed class Sequence : JsonValue
{
    readonly JsonValue?[] items;

    internal Sequence(JsonValue?[] items, int count, bool isSequence = true)
    {
        this.items = items;
        Count = count;
        IsSequence = isSequence;
    }

    internal int Count { get; }

    /// <summary>A result sequence: nothing when it is empty, its element when it has one.</summary>
    internal bool IsSequence { get; }

    /// <summary>Stays an array with one element too.</summary>
    internal bool KeepSingleton { get; set; }

    /// <summary>Made by an array constructor that is a step of a path, which does not flatten it.</summary>
    internal bool Cons { get; init; }

    /// <summary>Wraps an input that is an array, so that it is one context value.</summary>
    internal bool OuterWrapper { get; init; }

    /// <summary>The elements are <see cref="TupleValue"/>s.</summary>
    internal bool TupleStream { get; init; }

    public override JsonKind Kind => JsonKind.Array;

    // Never asked for: a sequence becomes an array before it leaves an evaluation.
    public override int Utf8Length => 2;

    internal ReadOnlySpan<JsonValue?> Items => new(items, 0, Count);

    /// <summary>The backing store, for an owner who hands it on.</summary>
    internal JsonValue?[] Store => items;

    internal static Sequence Of(JsonValue? item) => new([item], 1);

    public override bool Equals([NotNullWhen(true)] JsonValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
